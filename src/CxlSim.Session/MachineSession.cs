using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>A machine in somebody's hands: boots it, and does to it what a user would, through the inbox.</summary>
public sealed class MachineSession(SimulatedMachine machine)
{
    private bool _isNoted;

    public SimulatedMachine Machine => machine;

    /// <summary>The kernel of a machine that has booted far enough.</summary>
    public LinuxKernel Kernel => machine.Kernel ?? throw new SimulatorBugException("a machine whose kernel runs");

    /// <summary>Keeps what is done to the machine after its boot; null where nobody does.</summary>
    public Recorder? Recorder { get; private set; }

    /// <summary>Asked before each event that an act needs: a debugger looks at the machine here, or breaks off by an exception. Null where nobody is interested.</summary>
    internal Action? BeforeEvent { get; init; }

    /// <summary>The kernel's processes must end: another kernel is about to take the machine. Raised in the loop.</summary>
    public event Action? KernelEnds;

    /// <summary>Keeps what is done to the machine from now on, which has not booted yet.</summary>
    /// <param name="writer">Takes the lines, and is closed at the end. Null keeps them for <see cref="Recorder.WriteTo"/>, and does not sum up the trace: it costs a run next to nothing.</param>
    /// <param name="header">Which machine that is; without the numbers of lines that follow.</param>
    /// <param name="platform">The platform file.</param>
    public Recorder Record(TextWriter? writer, RecordingHeader header, PlatformReadResult platform) => Recorder = Recorder.Attach(machine.Simulation, writer, header, platform);

    /// <summary>True where the boot is complete, false where it was stopped.</summary>
    public bool Boot() => machine.RunBoot();

    public Errno Write(string path, string value) => Noted(new RecordedWrite(path, value), () =>
    {
        SysfsWriteRequest request = new(Kernel, path, value);
        Serve(request);
        return request.Error;
    });

    public AttributeValue Read(string path) => Noted(new RecordedRead(path), () =>
    {
        SysfsReadRequest request = new(Kernel, path);
        Serve(request);
        return request.Value;
    });

    /// <summary>Does something in the loop and gives its answer. What a recording is to keep is part of something that it has a word for.</summary>
    public T Do<T>(string description, Func<SimTask<T>> work)
    {
        Check.That(Recorder is null || _isNoted, "work that a recording can keep");
        T? result = default;
        Serve(new ModelRequest<T>(description, work, value => result = value, () => { }));
        return result!;
    }

    /// <summary>Loads a kernel with a command line and starts it in place of the running one.</summary>
    public Errno Kexec(string commandLine) => Noted(new RecordedKexec(commandLine), () =>
    {
        Errno error = KexecLoader.Load(Kernel, commandLine);
        if (error == Errno.Ok)
        {
            KexecRequest request = new(KexecAsync);
            Serve(request);
            error = request.Error;
        }

        return error;
    });

    /// <summary>Starts the loaded kernel; EINVAL where none is. Called in the loop.</summary>
    public async SimTask<Errno> KexecAsync()
    {
        if (Kernel.Sysfs.Kernel.NextKernel is not null)
        {
            KernelEnds?.Invoke();
        }

        return await machine.KexecAsync();
    }

    /// <summary>Resets the machine; firmware and a kernel start anew. Of a recording it is part of a step.</summary>
    /// <param name="keepsMemory">Memory keeps its bytes.</param>
    internal Errno Reset(bool keepsMemory) => Do(keepsMemory ? "warm reset" : "cold reset", () =>
    {
        KernelEnds?.Invoke();
        return machine.ResetAsync(keepsMemory);
    });

    /// <summary>Lets virtual time pass, and whatever is to happen meanwhile.</summary>
    internal void Advance(SimDuration time)
    {
        Check.That(Recorder is null || _isNoted, "work that a recording can keep");
        Serve(new AdvanceRequest(machine.Simulation, machine.Simulation.Now + time));
    }

    /// <summary>Stores a byte at the first, the middle and the last address of each committed region, looks for it on the media, and puts the old byte back.</summary>
    public IReadOnlyList<PlacementCheck> CheckPlacement() => Noted(new RecordedPlacement(), IReadOnlyList<PlacementCheck> () =>
    {
        List<PlacementCheck> checks = [];
        foreach (CxlRegion region in Kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.State == RegionState.Commit))
        {
            AddressRange range = region.DecodedRange;
            foreach (Hpa address in new[] { range.Start, range.Start + (range.Size / 2), range.Last })
            {
                checks.Add(CheckPlacement(region.Name, address));
            }
        }

        return checks;
    });

    /// <summary>Tells the recorder of something before it is done, but not of what that does in its turn.</summary>
    internal T Noted<T>(RecordedRequest request, Func<T> work)
    {
        if (Recorder is null || _isNoted)
        {
            return work();
        }

        Recorder.Note(request);
        _isNoted = true;
        try
        {
            return work();
        }
        finally
        {
            _isNoted = false;
        }
    }

    private PlacementCheck CheckPlacement(string region, Hpa address)
    {
        byte[] before = new byte[1];
        byte[] found = new byte[1];
        if (machine.Resolve(address) is not { } target || machine.Load(address, before) != BusResult.Done)
        {
            return new PlacementCheck(region, address, string.Empty, Dpa.Zero, false);
        }

        byte tag = (byte)(before[0] ^ 0xff);
        machine.Store(address, [tag]);
        bool there = machine.Media.TryRead(target.Device, target.Address, found) && found[0] == tag;
        machine.Store(address, before);
        return new PlacementCheck(region, address, target.Device, target.Address, there);
    }

    private void Serve(Request request)
    {
        machine.Simulation.Inbox.Post(request);
        while (!request.IsDone && Step())
        {
        }

        while (!machine.Simulation.StopRequested && Step())
        {
            // what the request set off, such as an asynchronous probe
        }

        machine.Simulation.StopRequested = false;
    }

    private bool Step()
    {
        BeforeEvent?.Invoke();
        return machine.Simulation.Step();
    }
}
