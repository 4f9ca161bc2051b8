namespace CxlSim.Kernel;

/// <summary>Zones of a node (<c>include/linux/mmzone.h</c>).</summary>
public enum ZoneType
{
    Dma,
    Dma32,
    Normal,
    Movable,
    Device,
}
