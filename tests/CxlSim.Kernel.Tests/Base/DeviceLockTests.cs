using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What comes while a driver probes, or while memory is being added: it waits, and then finds what has become of it.</summary>
public sealed class DeviceLockTests
{
    private readonly MachineSession _session = new(new SimulatedMachine(Given.Platform("""
        timing: {memory_block_add: 1ms}
        firmware: {decoders: programmed}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5], efi: soft_reserved}]
        """)));

    private readonly List<Errno> _errors = [];

    [Fact]
    public void Unbinding_WaitsForTheProbe()
    {
        DevDax dax = RunUntilKmemProbes();

        Meanwhile(() => _session.Kernel.Sysfs.WriteAsync("/sys/bus/dax/drivers/kmem/unbind", dax.Name));

        _errors.Should().Equal(Errno.Ok);
        dax.IsBound.Should().BeFalse();
        _session.Kernel.Dax.Bus.Drivers.Single(driver => driver.Name == "kmem").Bound.Should().BeEmpty();
    }

    [Fact]
    public void Binding_FindsTheDeviceTaken()
    {
        DevDax dax = RunUntilKmemProbes();
        Driver kmem = dax.Driver!;

        Meanwhile(() => _session.Kernel.Dax.Bus.BindAsync(kmem, dax));

        _errors.Should().Equal(Errno.EBUSY);
        kmem.Bound.Should().Equal(dax);
    }

    [Fact]
    public void DriverThatGoes_TakesWhatItProbesAlong()
    {
        DevDax dax = RunUntilKmemProbes();

        Meanwhile(async () =>
        {
            await _session.Kernel.Dax.Bus.UnregisterAsync(dax.Driver!);
            return Errno.Ok;
        });

        dax.IsBound.Should().BeFalse();
    }

    [Fact]
    public void DeviceThatGoes_IsProbedToTheEndFirst()
    {
        DevDax dax = RunUntilKmemProbes();

        Meanwhile(async () =>
        {
            await _session.Kernel.Dax.Bus.RemoveAsync(dax);
            return await _session.Kernel.Dax.Bus.BindAsync(_session.Kernel.Dax.Bus.Drivers[0], dax);
        });

        _errors.Should().Equal(Errno.ENODEV);
        dax.IsBound.Should().BeFalse();
    }

    [Fact]
    public void BlockThatIsBroughtOnline_IsNotBroughtOnlineTwice()
    {
        RunUntilKmemProbes();
        while (_session.Kernel.Memory.FindBlock(514) is null && _session.Kernel.Simulation.Step())
        {
        }

        MemoryBlock block = _session.Kernel.Memory.FindBlock(514)!;
        block.State.Should().Be(MemoryBlockState.Offline);
        Meanwhile(() => _session.Kernel.Sysfs.WriteAsync("/sys/devices/system/memory/memory514/state", "online"));

        _errors.Should().Equal(Errno.EINVAL);
        block.Node.Zone(ZoneType.Normal).PresentPages.Should().Be(ByteSize.GiB(1) / ByteSize.Page);
    }

    private DevDax RunUntilKmemProbes()
    {
        _session.Machine.PowerOn();
        while (Probed is null && _session.Machine.Step())
        {
        }

        return Probed!;
    }

    private DevDax? Probed => _session.Machine.Kernel?.Dax.Bus.Devices.OfType<DevDax>().FirstOrDefault(dax => dax.Driver is { Name: "kmem" } kmem && !kmem.Bound.Contains(dax));

    private void Meanwhile(Func<SimTask<Errno>> action)
    {
        _session.Kernel.Simulation.Spawn("user", async () => _errors.Add(await action()));
        _session.Kernel.Simulation.RunUntilIdle();
    }
}
