using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>A machine whose tables are patched before the kernel sees them, and what it then finds.</summary>
internal sealed class PatchedTables(string platform)
{
    private readonly List<(string Signature, int Offset, byte[] Bytes)> _patches = [];

    /// <summary>What stands between the kernel and the hardware.</summary>
    public Func<IHostBus, IHostBus> Bus { get; init; } = bus => bus;

    public PatchedTables With(string signature, int offset, params byte[] bytes)
    {
        _patches.Add((signature, offset, bytes));
        return this;
    }

    /// <summary>With the nearest value of a finding in its place.</summary>
    public PatchedTables With(KernelFinding finding)
    {
        FieldValue nearest = finding.Nearest!;
        return With(nearest.Table, nearest.Offset, BitConverter.GetBytes(nearest.Value)[..nearest.Width]);
    }

    /// <summary>What a boot finds; regions are not tried.</summary>
    public IReadOnlyList<KernelFinding> Findings() => Boot().Findings.All;

    /// <summary>The kernel after its boot.</summary>
    public LinuxKernel Boot()
    {
        HostileBoot boot = new(Given.Platform(platform));
        TableList tables = new(boot.Hardware, boot.Handoff.Rsdp);
        foreach ((string signature, int offset, byte[] bytes) in _patches)
        {
            tables.Patch(signature, offset, bytes);
        }

        boot.Bus = Bus(boot.Hardware);
        boot.Boot().Should().BeNull();
        return boot.Kernel!;
    }

    /// <summary>One finding; with the nearest value that it names in place, there is none.</summary>
    public KernelFinding ShouldFind(KernelRule rule, TablePlace place)
    {
        KernelFinding found = Findings().Should().ContainSingle().Subject;
        (found.Rule, found.Place).Should().Be((rule, place));
        if (found.Nearest is not null)
        {
            With(found).Findings().Should().BeEmpty("{0} works", found.Nearest);
        }

        return found;
    }
}
