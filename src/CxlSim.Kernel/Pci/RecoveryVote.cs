namespace CxlSim.Kernel;

/// <summary>What a driver thinks of its device after an error (<c>include/linux/pci.h</c>, enum pci_ers_result).</summary>
public enum RecoveryVote
{
    /// <summary>It has no opinion.</summary>
    None,
    CanRecover,
    NeedReset,
    Disconnect,
    Recovered,

    /// <summary>Nobody is there who could say.</summary>
    NoDriver,
}
