using Microsoft.AspNetCore.Http;

namespace Dems.ServiceDefaults.Http;

/// <summary>
/// The one page that turns what went wrong into problem+json (RFC 9457): a type and a title that never change, a detail that says what to do. docs/api.md
/// lists the types; a test compares the two.
/// </summary>
public static class Problems
{
    /// <summary>What every type starts with; its last part is the name in docs/api.md.</summary>
    public const string TypePrefix = "urn:dems:problem:";

    /// <summary>Seconds after which a full or starting member is worth another try.</summary>
    public const int RetryAfterSeconds = 2;

    /// <summary>400: a parameter of path or query is wrong, unknown or given twice.</summary>
    public static Problem InvalidParameter(string parameter, string reason) =>
        Of(StatusCodes.Status400BadRequest, "invalid-parameter", "A parameter is wrong.", $"{parameter}: {reason}").With("parameter", parameter);

    /// <summary>400: HTTP itself was not followed.</summary>
    public static Problem BadRequest(int status, string reason) => Of(status, "bad-request", "The request is not well-formed.", reason);

    /// <summary>404: there is no such thing here, or not yet.</summary>
    public static Problem NotFound(string resource, string detail) =>
        Of(StatusCodes.Status404NotFound, "not-found", "There is no such thing here.", detail).With("resource", resource);

    /// <summary>409: the sequence number carries other content.</summary>
    public static Problem SequenceTaken(string detail) =>
        Of(StatusCodes.Status409Conflict, "sequence-taken", "Other content stands under this sequence number.", detail);

    /// <summary>413: more bytes than a request or an entry may have.</summary>
    public static Problem TooLarge(string detail, long limitBytes) =>
        Of(StatusCodes.Status413PayloadTooLarge, "too-large", "This is longer than allowed.", detail).With("limitBytes", limitBytes);

    /// <summary>413: more entries than a request may have.</summary>
    public static Problem TooManyEntries(int limit) => Of(
        StatusCodes.Status413PayloadTooLarge,
        "too-many-entries",
        "There are more entries than a request may have.",
        $"A request may have {limit} entries. Nothing was kept; send them in several requests.").With("limit", limit);

    /// <summary>415: not a media type or encoding that is understood.</summary>
    public static Problem UnsupportedMediaType(string detail, string accept) =>
        new(StatusCodes.Status415UnsupportedMediaType, TypePrefix + "unsupported-media-type", "The body's media type is not understood.", detail) { Accept = accept };

    /// <summary>422: the body cannot be split into entries.</summary>
    public static Problem InvalidBody(string detail, int entry, long offset) =>
        Of(StatusCodes.Status422UnprocessableEntity, "invalid-body", "The body is not a CBOR sequence.", detail).With("entry", entry).With("offset", offset);

    /// <summary>422: an entry does not open or can never be applied.</summary>
    public static Problem InvalidEntry(string detail) =>
        Of(StatusCodes.Status422UnprocessableEntity, "invalid-entry", "An entry is refused for good.", detail);

    /// <summary>422: an entry is final, and its execution refused it.</summary>
    public static Problem Refused(string detail) =>
        Of(StatusCodes.Status422UnprocessableEntity, "refused", "An entry is final but was refused.", detail);

    /// <summary>422: what was asked for cannot be computed from what is there.</summary>
    public static Problem NotComputable(string detail) =>
        Of(StatusCodes.Status422UnprocessableEntity, "not-computable", "This cannot be computed.", detail);

    /// <summary>429: too much is waiting.</summary>
    public static Problem Busy(string detail) => Again(StatusCodes.Status429TooManyRequests, "busy", "Too much is waiting here.", detail);

    /// <summary>500: a fault that nobody foresaw.</summary>
    public static Problem Fault() =>
        Of(StatusCodes.Status500InternalServerError, "fault", "The member could not answer.", "The fault is the member's; its log says more. Tell its operator.");

    /// <summary>503: the member cannot do it now.</summary>
    public static Problem Unavailable(string detail) =>
        Again(StatusCodes.Status503ServiceUnavailable, "unavailable", "The member cannot do this now.", detail);

    /// <summary>503: stored, but not promised by enough members.</summary>
    public static Problem Unpromised(string detail) =>
        Again(StatusCodes.Status503ServiceUnavailable, "unpromised", "Too few members promised in time.", detail);

    /// <summary>503: the answer of <c>/health</c> of a member that is not ready.</summary>
    public static Problem NotReady(IReadOnlyList<string> reasons) =>
        Again(StatusCodes.Status503ServiceUnavailable, "not-ready", "The member is not ready.", string.Join("; ", reasons)).With("reasons", reasons);

    private static Problem Of(int status, string name, string title, string detail) => new(status, TypePrefix + name, title, detail);

    private static Problem Again(int status, string name, string title, string detail) =>
        new(status, TypePrefix + name, title, detail) { RetryAfterSeconds = RetryAfterSeconds };
}
