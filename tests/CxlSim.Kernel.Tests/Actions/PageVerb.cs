namespace CxlSim.Kernel.Tests;

/// <summary>What programs and administrators do to pages and blocks.</summary>
internal enum PageVerb
{
    Allocate,
    Free,
    ResizeHugePages,
    ToggleDemotion,
    SoftOffline,
    OnlineBlock,
    OfflineBlock,
}
