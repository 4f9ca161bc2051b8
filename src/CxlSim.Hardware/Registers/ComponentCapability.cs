namespace CxlSim.Hardware;

/// <summary>One entry of a component's capability array and what it points to.</summary>
/// <param name="Id">See <see cref="Spec.Cxl.ComponentRegisters"/>.</param>
/// <param name="Version">Of the capability.</param>
/// <param name="Offset">From the CXL.cache/mem registers.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Block">The registers.</param>
public sealed record ComponentCapability(ushort Id, byte Version, int Offset, int Size, IRegisterBlock Block)
{
    public bool Holds(int offset) => offset >= Offset && offset < Offset + Size;
}
