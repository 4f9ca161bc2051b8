namespace CxlSim.Core;

/// <summary>A packed, little-endian record of a specification. A test holds <c>SpecSize</c> against the real size of every implementation.</summary>
public interface IBinaryLayout
{
    /// <summary>Size in bytes as the specification states it.</summary>
    static abstract int SpecSize { get; }
}
