namespace Dems.Formats.Text;

/// <summary>
/// Cuts a stream into lines without copying them. A line ends with LF or CRLF; the last one may lack its end. A UTF-8 byte order mark is dropped.
/// Memory is two longest lines: a line beyond <see cref="MaxLineBytes"/> is passed over and shown only by its beginning.
/// </summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Longest line in bytes; the widest record of any format here has fewer than 6,000.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly byte[] _buffer = new byte[2 * MaxLineBytes];
    private readonly byte[] _excerpt = new byte[RejectedRow.MaxValueLength];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _ended;
    private bool _discarding;

    /// <summary>Number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the current line was longer than allowed; <see cref="Line"/> then holds its beginning only.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The current line without its end; valid until the next call.</summary>
    public ReadOnlySpan<byte> Line => TooLong ? _excerpt : _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Moves to the next line; false at the end.</summary>
    public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => TryTake() ? new(true) : FillAndTakeAsync(cancellationToken);

    private async ValueTask<bool> FillAndTakeAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _ended = read == 0;
            _end += read;
            if (TryTake())
            {
                return true;
            }
        }

        return TryTakeLast();
    }

    private bool TryTake()
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf(LineFeed);
        if (length < 0)
        {
            return false;
        }

        Take(length, 1);
        return true;
    }

    private bool TryTakeLast()
    {
        if (_start == _end && !_discarding)
        {
            return false;
        }

        Take(_end - _start, 0);
        return true;
    }

    private void Take(int length, int terminator)
    {
        TooLong = _discarding || length > MaxLineBytes;
        if (TooLong && !_discarding)
        {
            KeepExcerpt();
        }

        _discarding = false;
        (_lineStart, _lineLength) = (_start, length);
        _start += length + terminator;
        Number++;
        if (_lineLength > 0 && _buffer[_lineStart + _lineLength - 1] == CarriageReturn)
        {
            _lineLength--;
        }

        if (Number == 1 && Line.StartsWith("\uFEFF"u8))
        {
            _lineStart += 3;
            _lineLength -= 3;
        }
    }

    private void MakeRoom()
    {
        var pending = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, pending).CopyTo(_buffer);
            (_start, _end) = (0, pending);
        }

        if (pending == _buffer.Length)
        {
            if (!_discarding)
            {
                KeepExcerpt();
            }

            _discarding = true;
            _end = 0;
        }
    }

    private void KeepExcerpt() => _buffer.AsSpan(_start, _excerpt.Length).CopyTo(_excerpt);
}
