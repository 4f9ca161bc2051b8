using System.Collections.Concurrent;
using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>Does the writes to the kernel model, one by one, and has the host forget after each what is no longer so.</summary>
internal sealed class TreeWriter : IDisposable
{
    private readonly LiveMachine _machine;
    private readonly IFileTree _tree;
    private readonly NodeTable _nodes;
    private readonly nint _session;
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread _thread;

    /// <summary>1 while a comparison waits for its turn.</summary>
    private int _comparisons;

    public TreeWriter(LiveMachine machine, IFileTree tree, NodeTable nodes, nint session)
    {
        _machine = machine;
        _tree = tree;
        _nodes = nodes;
        _session = session;
        _thread = new Thread(Run) { IsBackground = true, Name = "writes" };
        _thread.Start();
        machine.TimePassed += Compare;
    }

    public void Post(PendingWrite write) => _queue.Add(() => Do(write));

    /// <summary>Has something done once all that was stored to mapped memory is where the decoders lead.</summary>
    public void AfterStores(Action then) => _queue.Add(() =>
    {
        ForgetMappedPages();
        then();
    });

    public void Dispose()
    {
        _machine.TimePassed -= Compare;
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    /// <summary>One that waits already will see this change too.</summary>
    private void Compare()
    {
        if (Interlocked.Exchange(ref _comparisons, 1) == 0)
        {
            _queue.Add(() =>
            {
                Volatile.Write(ref _comparisons, 0); // what changes from here on needs another one
                ForgetChanges();
            });
        }
    }

    private void Run()
    {
        foreach (Action next in _queue.GetConsumingEnumerable())
        {
            try
            {
                next();
            }
            catch (IOException)
            {
                // the loop broke: whoever waits for it is told there
            }
        }
    }

    private void Do(PendingWrite write)
    {
        Errno error = Errno.EIO;
        bool isSame = false;
        try
        {
            ForgetMappedPages(); // what was stored before goes where the decoders led before
            error = _machine.Do(
                "write",
                kernel =>
                {
                    kernel.Tracing.Caller = write.Caller;
                    isSame = write.File.OnlyWaits && !_machine.Session.Machine.Simulation.HasPendingEvents;
                    return write.File.WriteAsync(write.Offset, write.Bytes);
                },
                _machine.IsRecorded ? RecordedFileWrite.Of(write.Handle, write.Offset, write.Bytes, write.Caller) : null);
            if (!isSame)
            {
                ForgetChanges();
            }
        }
        finally
        {
            PendingWrite.Reply(write.Request, write.Bytes.Length, error);
        }
    }

    private void ForgetChanges()
    {
        StaleKnowledge stale = _machine.Look("compare", () => _nodes.TakeStale(_tree));
        foreach ((ulong parent, string name) in stale.Names)
        {
            LibFuse.ForgetEntry(_session, parent, name, (nuint)System.Text.Encoding.UTF8.GetByteCount(name));
        }

        foreach (ulong directory in stale.Directories)
        {
            LibFuse.ForgetContent(_session, directory, 0, 0);
        }

        ForgetMappedPages();
    }

    private void ForgetMappedPages()
    {
        foreach (Node node in _nodes.OpenMemory())
        {
            LibFuse.ForgetContent(_session, node.Id, 0, 0);
        }
    }
}
