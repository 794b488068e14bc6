using System.Security.Cryptography;
using Dems.Core.Crypto;
using Dems.Grains.Crypto;
using Xunit;

namespace Dems.Grains.Tests.Crypto;

public sealed class Es256Tests
{
    private static readonly byte[] Message = "a reading"u8.ToArray();

    [Fact]
    public void Signer_ManySignatures_AreLowSAndVerify()
    {
        using var signer = Es256Signer.Create();
        using var verifier = new Es256Verifier();
        for (var i = 0; i < 64; i++)
        {
            var message = BitConverter.GetBytes(i);
            var signature = signer.Sign(message);
            Assert.True(Es256.IsLowS(signature));
            Assert.True(verifier.Verify(signer.PublicKey, message, signature));
        }
    }

    [Fact]
    public void Verifier_HighSTwin_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var verifier = new Es256Verifier();
        byte[] high;
        do
        {
            high = key.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        while (Es256.IsLowS(high));

        Assert.False(verifier.Verify(Es256.PublicKeyOf(key), Message, high));
        Es256.MakeLowS(high);
        Assert.True(verifier.Verify(Es256.PublicKeyOf(key), Message, high));
    }

    [Fact]
    public void Verifier_AnyBitChanged_IsRefused()
    {
        using var signer = Es256Signer.Create();
        using var verifier = new Es256Verifier();
        var signature = signer.Sign(Message);
        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature.ToArray();
            changed[i] ^= 1;
            Assert.False(verifier.Verify(signer.PublicKey, Message, changed));
        }
    }

    [Fact]
    public void Verifier_PointOffTheCurve_IsRefusedWithoutThrowing()
    {
        using var verifier = new Es256Verifier();
        var nowhere = new PublicKey(new byte[PublicKey.Size]);
        Assert.False(verifier.Verify(nowhere, Message, new byte[Es256.SignatureSize]));
        Assert.Equal(0, verifier.KeyCount);
    }

    [Fact]
    public void Verifier_MoreKeysThanItKeeps_StaysBoundedAndRight()
    {
        using var verifier = new Es256Verifier(maxKeys: 3);
        var signers = Enumerable.Range(0, 10).Select(_ => Es256Signer.Create()).ToList();
        foreach (var signer in signers.Concat(signers))
        {
            Assert.True(verifier.Verify(signer.PublicKey, Message, signer.Sign(Message)));
            Assert.InRange(verifier.KeyCount, 1, 3);
        }

        signers.ForEach(s => s.Dispose());
    }

    [Fact]
    public void Verifier_ManyThreadsOneKey_AllAgree()
    {
        using var signer = Es256Signer.Create();
        using var verifier = new Es256Verifier();
        var right = signer.Sign(Message);
        var wrong = right.ToArray();
        wrong[5] ^= 0x40;
        var wrongAnswers = 0;
        Parallel.For(0, 400, i =>
        {
            var good = i % 2 == 0;
            if (verifier.Verify(signer.PublicKey, Message, good ? right : wrong) != good)
            {
                Interlocked.Increment(ref wrongAnswers);
            }
        });
        Assert.Equal(0, wrongAnswers);
    }

    [Fact]
    public void KeyFile_WrittenAndRead_IsTheSameKeyAndNeverOverwritten()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("dems-").FullName, "validator.pem");
        using var written = KeyFile.Create(path);
        Assert.True(KeyFile.TryLoad(path, out var read, out var error), error);
        Assert.Equal(written.PublicKey, read.PublicKey);
        Assert.Throws<IOException>(() => KeyFile.Create(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        read.Dispose();
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead, "0640")]
    [InlineData(UnixFileMode.OtherRead, "0604")]
    [InlineData(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite, "0622")]
    public void KeyFile_OpenToOthers_IsRefusedUntilItIsPrivate(UnixFileMode others, string mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var path = Path.Combine(Directory.CreateTempSubdirectory("dems-").FullName, "validator.pem");
        KeyFile.Create(path).Dispose();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Assert.False(KeyFile.TryLoad(path, out _, out var error));
        Assert.Contains($"mode {mode}", error, StringComparison.Ordinal);
        Assert.EndsWith($"chmod 600 {path}", error, StringComparison.Ordinal);

        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.True(KeyFile.TryLoad(path, out var key, out error), error);
        key.Dispose();
    }

    [Fact]
    public void KeyFile_Garbage_IsRefusedWithItsPath()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("dems-").FullName, "validator.pem");
        File.WriteAllText(path, "not a key");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.False(KeyFile.TryLoad(path, out _, out var error));
        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }
}
