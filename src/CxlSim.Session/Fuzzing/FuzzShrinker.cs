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
        bool isTwice = failing.Failure!.Invariant == FuzzInvariants.SameTrace.Name;
        int runs = 0;
        int tried = 0;
        bool isShrunk = false;
        while (true)
        {
            // What could not be left out before is not tried again before all the rest was.
            FuzzCase? smaller = null;
            FuzzNames names = new(smallest.File);
            foreach (FuzzNode candidate in smallest.File.Smaller().Skip(tried))
            {
                FuzzNode renamed = names.Renamed(candidate);
                foreach (FuzzNode file in renamed == candidate ? [candidate] : new[] { renamed, candidate })
                {
                    if (++runs > MostRuns || !goesOn())
                    {
                        return (smallest.Annotated(), smallest.Failure!);
                    }

                    smaller ??= FuzzCase.Of(file, isTwice) is { Failure: { } failure } found && failure.Invariant == failing.Failure.Invariant ? found : null;
                }

                if (smaller is not null)
                {
                    break;
                }

                tried++;
            }

            if (smaller is null && !isShrunk)
            {
                break;
            }

            tried = smaller is null ? 0 : tried;
            isShrunk = smaller is not null;
            smallest = smaller ?? smallest;
        }

        return (smallest.Annotated(), smallest.Failure!);
    }
}
