using Dems.Core.Ledger.Encoding;

namespace Dems.Ingest.Http;

/// <summary>Why a message of a request does not open.</summary>
/// <param name="Index">Place of the message in the request, from 0.</param>
/// <param name="Error">Field and reason.</param>
internal sealed record IntakeProblem(int Index, EntryError Error);
