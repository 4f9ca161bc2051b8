namespace CxlSim.Hdm;

/// <summary>Which XOR arithmetic stands before the decoders.</summary>
internal enum XorKind
{
    /// <summary>Modulo arithmetic.</summary>
    None,

    /// <summary>As <see cref="ParityMatrices"/>.</summary>
    Parities,

    /// <summary>Each bit that may change has its place in a byte to itself.</summary>
    Matrix,

    /// <summary>Addresses have to be looked at one by one.</summary>
    Any,
}
