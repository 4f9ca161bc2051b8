namespace CxlSim.Engine;

/// <summary>Order of the events of one instant. Within one priority, first scheduled is first served.</summary>
public enum EventPriority : byte
{
    /// <summary>Devices act before the software that looks at them, so that a register read at the same instant sees the result.</summary>
    Device = 0,

    /// <summary>An interrupt is taken before threads continue, as a CPU takes it between two instructions.</summary>
    Interrupt = 1,

    /// <summary>Threads of the kernel and of firmware continue.</summary>
    Thread = 2,

    /// <summary>Requests from outside come last: they see an instant that is finished.</summary>
    Request = 3,
}
