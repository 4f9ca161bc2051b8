using System.Collections.Concurrent;

namespace CxlSim.Cli;

/// <summary>Serves one client of the Debug Adapter Protocol until it leaves, or until nothing more of it can be understood.</summary>
/// <remarks>A thread of its own reads, so that a pause or the end of the client is seen while the machine runs; everything else happens in the order in which it came.</remarks>
internal sealed class DapServer
{
    /// <summary>Requests that wait; a client that sends more is read no further.</summary>
    private const int Most = 256;

    private readonly BlockingCollection<DapMessage> _messages = new(Most);
    private readonly CancellationTokenSource _left = new();
    private readonly DapReader _reader;
    private readonly DapWriter _writer;
    private readonly DapState _state;
    private readonly Dictionary<string, DapVerb> _verbs;

    public DapServer(Stream input, Stream output)
    {
        _reader = new DapReader(input);
        _writer = new DapWriter(output);
        _state = new DapState(_writer);
        DapBreakpoints breakpoints = new(_state);
        DapObjects objects = new(_state);
        DapMotion motion = new(_state, breakpoints);
        _verbs = new IEnumerable<DapVerb>[]
        {
            new DapLifecycle(_state, breakpoints, motion).Verbs, breakpoints.Verbs, new DapExceptions(_state, breakpoints).Verbs, new DapWatches(_state, breakpoints).Verbs,
            motion.Verbs, new DapStack(_state).Verbs, new DapSources(_state).Verbs, new DapScopes(_state, objects, new DapRegisters(_state)).Verbs, new DapConsole(_state, objects, motion).Verbs,
            new DapMemory(_state, motion).Verbs, new DapDisassembly(_state).Verbs,
        }.SelectMany(verbs => verbs).ToDictionary(verb => verb.Command, StringComparer.Ordinal);
    }

    /// <summary>0 where the client left in order, 2 where it sent what is no protocol.</summary>
    public int Run()
    {
        Thread reading = new(ReadAll) { IsBackground = true, Name = "dap" };
        reading.Start();
        try
        {
            while (Next() is { } message)
            {
                if (message.IsEnd)
                {
                    _writer.Output("stderr", message.Fault + "\n");
                    return ExitCode.BadInput;
                }

                Handle(message);
                if (_state.HasLeft)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // nobody reads any more: the client is gone
        }
        finally
        {
            _left.Cancel(); // what it sent besides need not be taken in
        }

        return ExitCode.Success;
    }

    /// <summary>A machine that runs is stopped for it.</summary>
    private static bool IsStopping(DapMessage message) => message.IsEnd || message.Command is "pause" or "terminate" or "disconnect" or "restart";

    private void ReadAll()
    {
        try
        {
            while (_reader.Read() is { } message)
            {
                if (IsStopping(message))
                {
                    _state.Interrupt();
                }

                _messages.Add(message, _left.Token);
                if (message.IsEnd)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or NotSupportedException or ObjectDisposedException or OperationCanceledException)
        {
            // the connection broke, or the client has left and it was closed: as if it had ended
        }
        finally
        {
            _messages.CompleteAdding(); // what came before the end is still done
        }
    }

    /// <summary>Null where no more will come.</summary>
    private DapMessage? Next()
    {
        DapMessage? message;
        while (!_messages.TryTake(out message) && !_messages.IsCompleted)
        {
            if (!_state.Prepare())
            {
                _messages.TryTake(out message, Timeout.Infinite);
                break;
            }
        }

        return message;
    }

    private void Handle(DapMessage message)
    {
        if (message.Command.Length == 0)
        {
            _writer.Answer(message, new DapAnswer { Fault = message.Fault });
            return;
        }

        DapAnswer answer;
        try
        {
            answer = _verbs.TryGetValue(message.Command, out DapVerb? verb)
                ? verb.Do(new DapArguments(message.Arguments))
                : new DapAnswer { Fault = $"found the request '{message.Command}'; expected one of {string.Join(", ", _verbs.Keys.Order(StringComparer.Ordinal))}" };
        }
        catch (DapRefusal refusal)
        {
            answer = new DapAnswer { Fault = refusal.Message };
        }

        if (IsStopping(message))
        {
            _state.EndInterrupt();
        }

        _writer.Answer(message, answer);
        answer.After?.Invoke();
    }
}
