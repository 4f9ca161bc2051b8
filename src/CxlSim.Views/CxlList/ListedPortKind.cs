namespace CxlSim.Views;

/// <summary>What a port is to <c>cxl list</c>: host bridges count as switches.</summary>
internal enum ListedPortKind
{
    Root,
    Switch,
    Endpoint,
}
