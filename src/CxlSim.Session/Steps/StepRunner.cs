using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Does what the steps of a platform file say, one after the other.</summary>
public sealed class StepRunner(MachineSession session)
{
    private const string NothingAnswers = "nothing answers";
    private const string MemoryDirectory = "/sys/devices/system/memory/";

    public StepOutcome Run(StepDescription step)
    {
        ExpectationMark mark = ExpectationMark.Of(session.Kernel);
        StepOutcome outcome = session.Recorder is null ? Do(step) : session.Noted(new RecordedStep(NumberOf(step)), () => Do(step));
        return step.Expectation is null ? outcome : outcome with { Unmet = new ExpectationCheck(session, mark).Run(step.Expectation, outcome.Result, [outcome.Refusal]) };
    }

    private int NumberOf(StepDescription step)
    {
        int before = session.Machine.Platform.Steps.TakeWhile(known => !ReferenceEquals(known, step)).Count();
        Check.That(before < session.Machine.Platform.Steps.Count, "a step of the platform, which a recording names by its number");
        return before + 1;
    }

    private StepOutcome Do(StepDescription step)
    {
        long mark = session.Kernel.Refusals.Count;
        StepAnswer answer = step switch
        {
            WriteStep write => new($"write {write.Path} {write.Value}", session.Write(write.Path, write.Value), string.Empty),
            ReadStep read => Read(read),
            CreateRegionStep create => new RegionCreator(session).Run(create),
            MemoryStateStep state => ChangeState(state),
            ChmemStep tool => new ChmemTool(session).Run(tool),
            AllocateStep allocate => TaskMemorySteps.Allocate(session, allocate),
            FreeStep free => TaskMemorySteps.Free(session, free),
            CxlStep tool => new CxlTool(session).Run(tool),
            DaxctlStep tool => new DaxctlTool(session).Run(tool),
            StoreStep store => Store(store),
            LoadStep load => Load(load),
            LoadMediaStep load => LoadMedia(load),
            _ => HardwareSteps.Run(session, step),
        };
        Refusal? refusal = answer.Error == Errno.Ok ? null
            : answer.Refusal ?? (step is ReadStep unread ? session.Kernel.Sysfs.ExplainRead(unread.Path, answer.Error) : AnswerTo(mark, answer.Error, step));
        return new StepOutcome(answer.Text, answer.Error, step.Expect, answer.Result, step.Location)
        {
            Refusal = refusal,
            Proposal = refusal is not null && step is CreateRegionStep region ? StepProposal.Text(region, StepProposal.Of(session, region, refusal)) : string.Empty,
        };
    }

    /// <summary>The first write or request for memory that a step made and that ended as the step did; null where none was refused.</summary>
    private Refusal? AnswerTo(long mark, Errno error, StepDescription step) =>
        session.Kernel.Refusals.Since(mark).FirstOrDefault(refusal => (refusal.Write is not null || step is AllocateStep or FreeStep) && refusal.Error == error);

    private StepAnswer Read(ReadStep step)
    {
        AttributeValue value = session.Read(step.Path);
        return new($"read {step.Path}", value.Error, value.Text);
    }

    /// <summary>A block by its name, or all blocks of a dax device or region in ascending order; the first refusal ends it.</summary>
    private StepAnswer ChangeState(MemoryStateStep step)
    {
        string text = $"{step.State} {step.Subject}";
        string[] blocks = [.. BlocksOf(step.Subject)];
        if (blocks.Length == 0)
        {
            return new(text, Errno.ENOENT, $"{step.Subject} is no memory block, and no dax device or region that has blocks");
        }

        foreach (string block in blocks)
        {
            Errno error = session.Write($"{MemoryDirectory}{block}/state", step.State);
            if (error != Errno.Ok)
            {
                return new(text, error, block);
            }
        }

        return new(text, Errno.Ok, string.Create(CultureInfo.InvariantCulture, $"{blocks.Length} block{(blocks.Length == 1 ? "" : "s")}"));
    }

    private IEnumerable<string> BlocksOf(string subject)
    {
        if (session.Kernel.Dax.Bus.Find(subject) is DevDax dax)
        {
            return dax.Ranges.SelectMany(range => session.Kernel.Memory.BlocksIn(range)).Select(block => block.Name);
        }

        if (session.Kernel.Cxl.Bus.Find(subject) is CxlRegion { Resource: { } resource })
        {
            return session.Kernel.Memory.BlocksIn(resource.Range).Select(block => block.Name);
        }

        return session.Kernel.Sysfs.Find(MemoryDirectory + subject) is null ? [] : [subject];
    }

    private StepAnswer Store(StoreStep step)
    {
        BusResult result = session.Machine.Store(step.Address, BitConverter.GetBytes(step.Value));
        return new($"store {step.Address} 0x{step.Value:x}", result == BusResult.Done ? Errno.Ok : Errno.EIO, result == BusResult.Done ? Where(step.Address) : NothingAnswers);
    }

    private StepAnswer Load(LoadStep step)
    {
        byte[] bytes = new byte[8];
        BusResult result = session.Machine.Load(step.Address, bytes);
        return Compare($"load {step.Address}", result == BusResult.Done, bytes, step.Value, Where(step.Address));
    }

    private StepAnswer LoadMedia(LoadMediaStep step)
    {
        byte[] bytes = new byte[8];
        if (session.Machine.Devices.All(device => device.Id != step.Device))
        {
            return new($"load {step.Device} {step.Address}", Errno.ENODEV, "no device of the platform file has this name");
        }

        bool there = session.Machine.Media.TryRead(step.Device, step.Address, bytes);
        return Compare($"load {step.Device} {step.Address}", there, bytes, step.Value, string.Empty);
    }

    /// <summary>EIO where nothing answers, EINVAL where the value is another than the file says.</summary>
    private static StepAnswer Compare(string text, bool there, byte[] bytes, ulong? expected, string where)
    {
        ulong value = BitConverter.ToUInt64(bytes);
        string found = string.Create(CultureInfo.InvariantCulture, $"0x{value:x}{(where.Length == 0 ? "" : " " + where)}");
        if (!there)
        {
            return new(text, Errno.EIO, NothingAnswers);
        }

        return expected is null || expected == value ? new(text, Errno.Ok, found) : new(text, Errno.EINVAL, $"{found}, expected 0x{expected:x}");
    }

    private string Where(Hpa address) => session.Machine.Resolve(address) is { } target ? $"({target.Device} dpa {target.Address})" : string.Empty;
}
