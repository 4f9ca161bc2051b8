namespace CxlSim.Spec.Cxl;

/// <summary>What else a command changes, by its entry in the Command Effects Log (CXL r3.1 8.2.9.5.2.1).</summary>
[Flags]
public enum CommandEffects : ushort
{
    None = 0,
    ConfigurationAfterReset = 1 << 0,
    ImmediateConfiguration = 1 << 1,
    ImmediateData = 1 << 2,
    ImmediatePolicy = 1 << 3,
    ImmediateLog = 1 << 4,
    SecurityState = 1 << 5,
    Background = 1 << 6,
}
