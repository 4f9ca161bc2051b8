using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Kernel;

/// <summary>The mock platform while cxl_test is loaded: platform devices, tree by tree, and the root that cxl_acpi takes up (<c>cxl_test_init</c> in <c>tools/testing/cxl/test/cxl.c</c>).</summary>
public sealed class CxlTestModule(KernelCore core, Tracing tracing, ModuleLoader modules, ParameterValues parameters) : IModuleWork
{
    private readonly Stack<Device> _devices = [];

    /// <summary>ENODEV where the machine lacks the mock devices.</summary>
    public async SimTask<Errno> InitAsync()
    {
        Hpa start = MockLayout.Control + new ByteSize(MockControlRegisters.Start);
        if (core.HostBus.ReadRegister(MockLayout.Control + new ByteSize(MockControlRegisters.PoisonLimit), 4) == uint.MaxValue)
        {
            return Errno.ENODEV;
        }

        bool isXor = parameters["interleave_arithmetic"] == "1";
        core.HostBus.WriteRegister(start, 8, isXor ? 0 : MockLayout.FirstWindow.Value); // the real module has no address for its region either, with XOR
        List<MockPort> bridges = [];
        for (int id = 0; id < MockLayout.HostBridges; id++)
        {
            MockPort bridge = new("cxl_host_bridge", id) { Components = MockLayout.HostBridge(id) };
            await AddAsync(bridge, core.Sysfs.Platform);
            bridge.Link(id == MockLayout.RestrictedBridge ? "firmware_node" : "physical_node", bridge);
            bridges.Add(bridge);
        }

        IReadOnlyList<MockPort> dports = await AddPortsAsync(bridges);
        await AddAsync(new CxlRootDevice(MockCedt.Build(isXor), [.. bridges.Select(bridge => new CxlHostBridge(bridge, bridge, (ulong)bridge.Id))]), core.Sysfs.Platform);
        for (int id = 0; id <= MockLayout.RestrictedMemdev; id++)
        {
            await AddAsync(new MockMemdevice(core.HostBus, tracing, id), id == MockLayout.RestrictedMemdev ? bridges[MockLayout.RestrictedBridge] : dports[id]);
        }

        await modules.LoadAsync("cxl_mock_mem"); // as udev does, by the alias of the devices
        return Errno.Ok;
    }

    /// <summary>The latest first.</summary>
    public async SimTask ExitAsync()
    {
        while (_devices.TryPop(out Device? device))
        {
            await core.PlatformBus.RemoveAsync(device);
        }
    }

    /// <summary>Root ports below the bridges, a switch below each, and its downstream ports; kind after kind, as the numbers of their links show.</summary>
    private async SimTask<IReadOnlyList<MockPort>> AddPortsAsync(List<MockPort> bridges)
    {
        List<MockPort> rootPorts = [];
        for (int id = 0; id < MockLayout.RootPorts; id++)
        {
            rootPorts.Add(await AddPortAsync(new MockPort("cxl_root_port", id), bridges[MockLayout.BridgeOfRootPort(id)]));
        }

        List<MockPort> switches = [];
        for (int id = 0; id < MockLayout.RootPorts; id++)
        {
            switches.Add(await AddPortAsync(new MockPort("cxl_switch_uport", id) { Components = MockLayout.Switch(id) }, rootPorts[id]));
        }

        List<MockPort> dports = [];
        for (int id = 0; id < MockLayout.Memdevs; id++)
        {
            dports.Add(await AddPortAsync(new MockPort("cxl_switch_dport", id), switches[MockLayout.SwitchOfDport(id)]));
        }

        return dports;
    }

    private async SimTask<MockPort> AddPortAsync(MockPort port, Device parent)
    {
        await AddAsync(port, parent);
        return port;
    }

    private async SimTask AddAsync(Device device, KObject parent)
    {
        await core.PlatformBus.AddAsync(device, parent);
        _devices.Push(device);
    }
}
