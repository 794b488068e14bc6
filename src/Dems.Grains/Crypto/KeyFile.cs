using System.Security.Cryptography;
using Dems.Storage;

namespace Dems.Grains.Crypto;

/// <summary>Private keys on disk: PKCS #8 in PEM (RFC 7468), readable by their owner only. One that others can read is not used: it may be theirs already.</summary>
public static class KeyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a key and writes it; never overwrites one.</summary>
    /// <exception cref="IOException">The file exists.</exception>
    public static Es256Signer Create(string path)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(path, options))
        using (var writer = new StreamWriter(stream))
        {
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        FolderSync.FlushParent(path);

        return new Es256Signer(key);
    }

    /// <summary>Reads a key; false with a reason otherwise.</summary>
    public static bool TryLoad(string path, out Es256Signer signer, out string error)
    {
        signer = null!;
        var key = ECDsa.Create();
        try
        {
            if (!IsPrivate(path, out error))
            {
                key.Dispose();
                return false;
            }

            key.ImportFromPem(File.ReadAllText(path));
            signer = new Es256Signer(key);
            error = "";
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            error = $"{path}: {e.Message}";
            return false;
        }
    }

    private static bool IsPrivate(string path, out string error)
    {
        error = "";
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != UnixFileMode.None)
        {
            error = $"{path}: the private key can be used by others (mode {Convert.ToString((int)mode, toBase: 8).PadLeft(4, '0')}). Run: chmod 600 {path}";
        }

        return error.Length == 0;
    }
}
