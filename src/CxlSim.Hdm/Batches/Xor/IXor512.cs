using System.Runtime.Intrinsics;

namespace CxlSim.Hdm;

/// <summary>XOR arithmetic on 32 addresses, or none.</summary>
internal interface IXor512<TSelf>
    where TSelf : struct, IXor512<TSelf>
{
    static abstract TSelf Of(UniformRoute route);

    void Apply(ref Vector512<ulong> a, ref Vector512<ulong> b, ref Vector512<ulong> c, ref Vector512<ulong> d);
}
