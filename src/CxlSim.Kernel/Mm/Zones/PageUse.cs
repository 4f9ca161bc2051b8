namespace CxlSim.Kernel;

/// <summary>What pages are held for, and so with which flags they were asked for (<c>include/linux/gfp_types.h</c>).</summary>
public enum PageUse
{
    /// <summary>Anonymous memory of a program, page by page.</summary>
    Anonymous,

    /// <summary>Anonymous memory of a program in transparent huge pages.</summary>
    TransparentHuge,

    /// <summary>Memory of a program that a device has pinned for long: in kernel zones, and it does not move (<c>FOLL_LONGTERM</c>).</summary>
    Pinned,

    /// <summary>Huge pages of 2 MiB, in the pool or in use.</summary>
    Huge2M,

    /// <summary>Huge pages of 1 GiB, in the pool or in use.</summary>
    Huge1G,

    /// <summary>What the kernel takes for itself: slab and the like.</summary>
    Kernel,

    /// <summary>Struct pages of memory that was added.</summary>
    Memmap,
}
