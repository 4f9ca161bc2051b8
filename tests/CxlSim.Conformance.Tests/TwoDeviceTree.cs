namespace CxlSim.Conformance.Tests;

/// <summary>A self-made machine of two devices on two root ports, numbered in the order in which they were probed.</summary>
internal static class TwoDeviceTree
{
    private const string Root = "/sys/devices/platform/ACPI0017:00/root0";

    /// <summary>The same machine, the device behind 0000:0d probed as memory device, endpoint and host bridge of the given numbers.</summary>
    public static Capture Probed(int mem, int endpoint, int port)
    {
        Device near = new(mem, endpoint, port, "0xabc0", "0000:0d:00.0", "pci0000:0c");
        Device far = new(1 - mem, 7 - endpoint, 3 - port, "0xabc1", "0000:65:00.0", "pci0000:64");
        Device[] byNumber = [.. new[] { near, far }.OrderBy(device => device.Mem)];
        return new Capture(new Dictionary<string, string>
        {
            ["cxl-attrs.txt"] = string.Concat(byNumber.Select(Attributes)),
            ["cxl-drivers.txt"] = string.Concat(byNumber.Select(device => $"mem{device.Mem} driver=cxl_mem\nport{device.Port} driver=cxl_port\n")),
            ["cxl-list-vvv.json"] = $"[{string.Join(',', byNumber.Select(Listing))}]",
            ["iomem.txt"] = $"c040001080-c0400010d7 : mem{near.Mem}\nc840001080-c8400010d7 : mem{far.Mem}\n",
        });
    }

    private static string Attributes(Device device) =>
        $"""
        ## /sys/bus/cxl/devices/mem{device.Mem} (/sys/devices/{device.Bridge}/{device.Bdf}/mem{device.Mem})
        /sys/devices/{device.Bridge}/{device.Bdf}/mem{device.Mem}/dev = 250:{device.Mem}
        /sys/devices/{device.Bridge}/{device.Bdf}/mem{device.Mem}/serial = {device.Serial}
        {Root}/port{device.Port}/decoder{device.Port}.0/target_list = 0
        {Root}/port{device.Port}/uport -> ../../../../{device.Bridge}
        {Root}/port{device.Port}/endpoint{device.Endpoint}/decoder{device.Endpoint}.0/size = 0x0
        {Root}/port{device.Port}/endpoint{device.Endpoint}/uport -> ../../../../../{device.Bridge}/{device.Bdf}/mem{device.Mem}

        """;

    private static string Listing(Device device) =>
        $$"""
        {"memdev":"mem{{device.Mem}}","ram_size":1073741824,"host":"{{device.Bdf}}",
         "decoders:endpoint{{device.Endpoint}}":[{"decoder":"decoder{{device.Endpoint}}.0","size":0}]}
        """;

    private sealed record Device(int Mem, int Endpoint, int Port, string Serial, string Bdf, string Bridge);
}
