namespace CxlSim.Session;

/// <summary>Makes a failing case small: leaves out steps, devices, bridges, windows and keys as long as the same invariant fails.</summary>
public static class FuzzShrinker
{
    /// <summary>Runs that it may cost.</summary>
    private const int MostRuns = 3000;

    /// <summary>The smallest case that was found, with the error that each step ends with.</summary>
    /// <param name="failing">A case that failed.</param>
    /// <param name="goesOn">Asked before each run whether there is time for it.</param>
    public static (FuzzNode File, FuzzFailure Failure) Shrink(FuzzCase failing, Func<bool> goesOn)
    {
        FuzzCase smallest = failing;
        int runs = 0;
        bool isShrunk = true;
        while (isShrunk)
        {
            isShrunk = false;
            foreach (FuzzNode smaller in smallest.File.Smaller())
            {
                if (++runs > MostRuns || !goesOn())
                {
                    return (smallest.Annotated(), smallest.Failure!);
                }

                if (FuzzCase.Of(smaller) is { Failure: { } failure } found && failure.Invariant == failing.Failure!.Invariant)
                {
                    smallest = found;
                    isShrunk = true;
                    break;
                }
            }
        }

        return (smallest.Annotated(), smallest.Failure!);
    }
}
