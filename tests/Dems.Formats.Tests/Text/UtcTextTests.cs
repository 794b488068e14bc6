using System.Text;
using CsCheck;
using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.Tests.Text;

public sealed class UtcTextTests
{
    private const long LastSecond = Reading.MaxStart;

    [Fact]
    public void Time_WithAnyOffset_IsTheInstantThatDateTimeOffsetSays() =>
        Gen.Select(Gen.Long[100_000, LastSecond - 100_000], Gen.Int[-14 * 60, 14 * 60]).Sample(
            (seconds, minutes) =>
            {
                var local = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes(minutes));
                Assert.True(UtcText.TryParse(Encoding.ASCII.GetBytes($"{local:yyyy-MM-ddTHH:mm:sszzz}"), out var parsed, out _));
                Assert.Equal(seconds, parsed);
            },
            iter: TestScale.Times(5000));

    [Fact]
    public void Time_DamagedInOneCharacter_IsRefusedOrAnotherRealTime() =>
        Gen.Select(Gen.Long[0, LastSecond], Gen.Int[0, 19], Gen.Char[' ', '~']).Sample(
            (seconds, position, character) =>
            {
                var text = $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-ddTHH:mm:ss}Z".ToCharArray();
                text[position] = character;
                if (UtcText.TryParse(Encoding.ASCII.GetBytes(text), out var parsed, out var flaw))
                {
                    Assert.InRange(parsed, 0, Reading.MaxStart);
                    text[10] = 'T';
                    text[19] = 'Z';
                    Assert.Equal(new string(text), $"{DateTimeOffset.FromUnixTimeSeconds(parsed):yyyy-MM-ddTHH:mm:ss}Z");
                }
                else
                {
                    Assert.NotEmpty(flaw.Fix);
                }
            },
            iter: TestScale.Times(5000));
}
