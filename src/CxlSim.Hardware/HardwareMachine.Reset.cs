namespace CxlSim.Hardware;

/// <summary>The whole machine is reset.</summary>
public sealed partial class HardwareMachine
{
    /// <summary>The same machine after a reset, as at power-on; this one is silent from then on. Slots that were empty are so again.</summary>
    /// <param name="keepsMemory">Memory keeps its bytes; else what is volatile is lost.</param>
    public HardwareMachine Reset(bool keepsMemory)
    {
        Interrupted = null;
        HardwareMachine fresh = new(_simulation, _platform);
        for (int number = 0; number < _devices.Count; number++)
        {
            fresh._devices[number].TakeOver(_devices[number], keepsMemory);
        }

        if (keepsMemory)
        {
            fresh.Memory.TakeOver(Memory);
        }

        foreach (Type3Device away in _unplugged.Values)
        {
            fresh.SlotOf(fresh._devices[_devices.IndexOf(away)])!.Yank();
        }

        return fresh;
    }
}
