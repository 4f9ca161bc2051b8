using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct sock_filter</c> (<c>linux/filter.h</c>): one instruction of a classic BPF program.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SeccompInstruction(ushort code, byte whenTrue, byte whenFalse, uint value)
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort ReturnValue = 0x06;

    public readonly ushort Code = code;
    public readonly byte WhenTrue = whenTrue;
    public readonly byte WhenFalse = whenFalse;
    public readonly uint Value = value;

    /// <summary>Loads a word of <c>struct seccomp_data</c>.</summary>
    public static SeccompInstruction Load(uint offset) => new(LoadWord, 0, 0, offset);

    /// <summary>Skips as many instructions as said.</summary>
    public static SeccompInstruction Equal(uint value, byte whenTrue, byte whenFalse) => new(JumpIfEqual, whenTrue, whenFalse, value);

    public static SeccompInstruction Return(uint action) => new(ReturnValue, 0, 0, action);
}
