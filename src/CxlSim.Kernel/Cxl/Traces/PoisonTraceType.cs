namespace CxlSim.Kernel;

/// <summary>Why poison is traced (<c>drivers/cxl/core/core.h</c>, enum cxl_poison_trace_type).</summary>
internal enum PoisonTraceType
{
    List = 0,
    Inject = 1,
    Clear = 2,
}
