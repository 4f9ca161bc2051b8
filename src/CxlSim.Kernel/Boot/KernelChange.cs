namespace CxlSim.Kernel;

/// <summary>Something that a newer kernel does differently from 6.12, which the recordings show. <see cref="KernelChanges"/> says since when.</summary>
public enum KernelChange
{
    /// <summary>The driver's way from DPA to HPA minds a region that does not begin with the first of three bridges.</summary>
    UnalignedThreeWayRegions,
}
