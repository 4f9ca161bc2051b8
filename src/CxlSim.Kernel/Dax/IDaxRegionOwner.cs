namespace CxlSim.Kernel;

/// <summary>A device that a DAX region hangs below: of a CXL region, or of a soft-reserved range.</summary>
public interface IDaxRegionOwner
{
    /// <summary>Null while the driver that makes it is not bound.</summary>
    DaxRegion? DaxRegion { get; }

    /// <summary>The window that its range lies in; null for memory that is no window's.</summary>
    DaxWindow? Window { get; }
}
