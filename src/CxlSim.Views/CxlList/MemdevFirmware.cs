using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -F</c> makes of Get FW Info (CXL r3.1 8.2.9.3.1) and of the kernel's firmware loader.</summary>
internal static class MemdevFirmware
{
    private const int Slots = 4;
    private const int FirstVersion = 16;
    private const int VersionLength = 16;

    public static async SimTask<JsonMap?> DescribeAsync(ListedMailbox mailbox, ListedMachine machine, ListedMemdev memdev, ListedNumbers numbers)
    {
        if (await mailbox.AskAsync(memdev.Name, MailboxOpcode.GetFirmwareInfo) is not { } payload)
        {
            return null;
        }

        uint staged = Bits.Get((uint)payload[1], 5, 3);
        JsonMap map = new JsonMap()
            .Add("num_slots", (int)payload[0])
            .Add("active_slot", Bits.Get((uint)payload[1], 2, 0))
            .Add("staged_slot", staged > 0 && staged <= payload[0] ? staged : null)
            .Add("online_activate_capable", Bits.IsSet(payload[2], 0));
        for (int slot = 1; slot <= Slots; slot++)
        {
            string version = Encoding.Latin1.GetString(payload, FirstVersion + ((slot - 1) * VersionLength), VersionLength).Split('\0')[0];
            map.Add($"slot_{slot}_version", version.Length > 0 ? version : null);
        }

        bool isBusy = machine.Files.Text(Loader(memdev, "status")) != "idle";
        map.Add("fw_update_in_progress", isBusy);
        return map.Add("remaining_size", isBusy ? numbers.Size(machine.Files.Number(Loader(memdev, "remaining_size")) ?? 0) : null);
    }

    private static string Loader(ListedMemdev memdev, string file) => $"{memdev.Path}/firmware/{memdev.Name}/{file}";
}
