using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CxlSim.Hdm;

/// <summary>Modulo arithmetic: addresses stay as they are.</summary>
internal readonly struct NoXor512 : IXor512<NoXor512>
{
    public static NoXor512 Of(UniformRoute route) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector512<ulong> a, ref Vector512<ulong> b, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
    }
}
