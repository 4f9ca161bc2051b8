namespace CxlSim.Kernel;

/// <summary>A driver of PCI functions that looks after their errors (<c>struct pci_driver</c>, err_handler).</summary>
public interface IPciErrorAware
{
    IPciErrorHandlers ErrorHandlers { get; }
}
