namespace CxlSim.Kernel;

/// <summary>What a port is; root, port and endpoint share their numbers.</summary>
public enum CxlPortKind
{
    /// <summary>The CXL root, above all host bridges.</summary>
    Root,

    /// <summary>A host bridge or a switch.</summary>
    Switch,

    Endpoint,
}
