using Dems.Core.Allocation.Encoding;
using Dems.Core.Settlement.Encoding;

namespace Dems.Cli.Governance;

/// <summary>Reads what a ballot proposes from files: as people write it, or as canonical bytes.</summary>
internal static class PayloadFiles
{
    private const string CanonicalExtension = ".cbor";

    /// <summary>Canonical bytes of a tariff.</summary>
    public static byte[] ReadTariff(string path)
    {
        if (IsCanonical(path))
        {
            return File.ReadAllBytes(path);
        }

        return TariffJson.TryRead(File.ReadAllText(path), out var tariff, out var error)
            ? TariffCodec.Encode(tariff)
            : throw new CommandException(ExitCodes.Usage, $"{path}: {error}");
    }

    /// <summary>Canonical bytes of an allocation policy.</summary>
    public static byte[] ReadPolicy(string path)
    {
        if (IsCanonical(path))
        {
            return File.ReadAllBytes(path);
        }

        return PolicyJson.TryRead(File.ReadAllText(path), out var policy, out var error)
            ? PolicyCodec.Encode(policy)
            : throw new CommandException(ExitCodes.Usage, $"{path}: {error}");
    }

    private static bool IsCanonical(string path) => path.EndsWith(CanonicalExtension, StringComparison.OrdinalIgnoreCase);
}
