using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CxlSim.Core;

/// <summary>Statements that only a bug of the simulator can make false. Never used on anything a user or a modelled machine supplies.</summary>
public static class Check
{
    /// <summary>Throws <see cref="SimulatorBugException"/>, which says what was expected, where the condition is false.</summary>
    public static void That([DoesNotReturnIf(false)] bool condition, string expectation)
    {
        if (!condition)
        {
            throw new SimulatorBugException(expectation);
        }
    }

    /// <summary>Throws <see cref="SimulatorBugException"/> where the condition is false; <c>{0}</c> in the expectation is the value.</summary>
    public static void That<T1>([DoesNotReturnIf(false)] bool condition, string format, T1 first)
    {
        if (!condition)
        {
            throw new SimulatorBugException(string.Format(CultureInfo.InvariantCulture, format, first));
        }
    }

    /// <summary>Throws <see cref="SimulatorBugException"/> where the condition is false; <c>{0}</c> and <c>{1}</c> in the expectation are the values.</summary>
    public static void That<T1, T2>([DoesNotReturnIf(false)] bool condition, string format, T1 first, T2 second)
    {
        if (!condition)
        {
            throw new SimulatorBugException(string.Format(CultureInfo.InvariantCulture, format, first, second));
        }
    }
}
