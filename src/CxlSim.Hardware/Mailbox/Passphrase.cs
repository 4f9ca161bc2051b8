using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>A passphrase that protects a device, and how often a wrong one was given.</summary>
internal sealed class Passphrase
{
    /// <summary>As the kernel's mock device has it; the specification leaves the number to the device.</summary>
    private const int MostAttempts = 3;

    private readonly byte[] _value = new byte[SecurityPayloads.PassphraseLength];
    private int _failures;

    public bool IsSet { get; private set; }

    /// <summary>Nobody may try any more before a cold reset.</summary>
    public bool IsUsedUp => _failures == MostAttempts;

    public void Set(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_value);
        IsSet = true;
        _failures = 0;
    }

    /// <summary>What was set before a reset; attempts count anew when the power went.</summary>
    public void CopyFrom(Passphrase old, bool keepsAttempts)
    {
        old._value.CopyTo(_value, 0);
        IsSet = old.IsSet;
        _failures = keepsAttempts ? old._failures : 0;
    }

    public void Remove()
    {
        _value.AsSpan().Clear();
        IsSet = false;
        _failures = 0;
    }

    /// <summary>A passphrase that was never set is all zeros.</summary>
    public bool Matches(ReadOnlySpan<byte> value)
    {
        bool matches = value.SequenceEqual(_value);
        _failures = matches ? 0 : Math.Min(_failures + 1, MostAttempts);
        return matches;
    }
}
