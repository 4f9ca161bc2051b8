using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Steps of memory blocks, dax devices and programs.</summary>
internal sealed class FuzzMemorySteps(SimRandom random, FuzzMachine machine, Queue<Func<FuzzNode?>> due)
{
    public FuzzNode? Next()
    {
        string[] devices = [.. machine.Kernel.Dax.Bus.Devices.Select(device => device.Name)];
        MemoryBlock[] added = [.. machine.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory)];
        switch (random.Between(0, 7))
        {
            case <= 2 when added.Length > 0:
                string[] offline = [.. added.Where(block => block.State == MemoryBlockState.Offline).Select(block => block.Name)];
                if (offline.Length >= 3 && random.Once(2))
                {
                    string around = random.Pick("online_movable", "online_kernel");
                    due.Enqueue(() => State(offline[2], around));
                    due.Enqueue(() => State(offline[1], "online"));
                    due.Enqueue(() => State(offline[2], "offline"));
                    return State(offline[0], around);
                }

                return State(random.Pick(added).Name, random.Pick("online", "online_movable", "online_kernel", "offline", "nonsense"));
            case 3:
                return FuzzNode.Map(("allocate", FuzzNode.Map(
                    ("task", random.Pick("one", "two")), ("size", random.Pick("1MiB", "64MiB", "600MiB")), ("kind", random.Pick("anonymous", "thp", "pinned", "kernel")))));
            case 4:
                return FuzzNode.Map(("free", random.Pick("one", "two")));
            case 5 when added.Length > 0:
                return FuzzStep.Write("/sys/devices/system/memory/auto_online_blocks", random.Pick("offline", "online", "online_kernel", "online_movable"));
            default:
                return devices.Length > 0 ? Daxctl(random.Pick(devices)) : null;
        }
    }

    private static FuzzNode State(string block, string word) => FuzzStep.Write($"/sys/devices/system/memory/{block}/state", word);

    private FuzzNode Daxctl(string device) => random.Between(0, 8) switch
    {
        0 => FuzzNode.Map(("reconfigure-device", FuzzNode.Map(("device", device), ("mode", "devdax"), ("force", random.Pick("true", "false"))))),
        1 or 2 => FuzzNode.Map(("reconfigure-device", FuzzNode.Map(("device", device), ("mode", "system-ram"), ("no_online", random.Once(2) ? "true" : null)))),
        3 => FuzzNode.Map(("online-memory", FuzzNode.Map(("device", device), ("no_movable", random.Once(2) ? "true" : null)))),
        4 => FuzzNode.Map(("offline-memory", device)),
        5 => FuzzNode.Map(("disable-device", device)),
        6 => FuzzNode.Map(("destroy-device", device)),
        7 => FuzzNode.Map(("create-device", FuzzNode.Map(("size", random.Pick("2MiB", "128MiB", "256MiB"))))),
        _ => FuzzNode.Map((random.Pick("online", "offline"), device)),
    };
}
