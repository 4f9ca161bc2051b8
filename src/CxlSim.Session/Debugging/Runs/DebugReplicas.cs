using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Runs of the same story that lag behind: going back takes the nearest before the goal and drives it there. What is taken is not there any more.</summary>
/// <remarks>
/// They stand 1, 8, 64, ... points behind, so that N points back cost at most 8 N. Each costs its way from power-on, once; that is why they are driven in
/// small bits while nobody waits, and never as a part of a movement.
/// </remarks>
internal sealed class DebugReplicas
{
    /// <summary>A machine needs its memory.</summary>
    private const int Most = 6;

    private const int Spread = 8;

    /// <summary>The furthest last.</summary>
    private readonly List<DebugRun> _runs = [];

    /// <summary>The one that stands nearest before a point, or on it; null where none does.</summary>
    public DebugRun? Take(DebugPosition goal)
    {
        int index = _runs.FindLastIndex(run => run.Position <= goal);
        DebugRun? taken = index < 0 ? null : _runs[index];
        if (taken is not null)
        {
            _runs.RemoveAt(index);
            taken.ForgetDeleted();
        }

        return taken;
    }

    /// <summary>From a point on the story is another one.</summary>
    public void Replace(DebugSet set, DebugTrail trail)
    {
        GiveUp(run => run.Position > set.At);
        _runs.ForEach(run => run.Replace(set, trail));
    }

    public void Clear() => GiveUp(_ => true);

    /// <summary>Drives one of them nearer to its place. False where all are there.</summary>
    /// <param name="points">Of the run that they lag behind.</param>
    /// <param name="make">Makes one that stands at power-on.</param>
    /// <param name="most">How many points to drive it.</param>
    public bool Prepare(IReadOnlyList<DebugPosition> points, Func<DebugRun> make, int most)
    {
        int distance = 1;
        int next = _runs.Count - 1;
        for (int i = 0; i < Most && distance < points.Count; i++, distance *= Spread)
        {
            DebugPosition place = points[^(1 + distance)];
            while (next >= 0 && _runs[next].Position > place)
            {
                Remove(next--); // it stands between the places, or ahead
            }

            if (next < 0)
            {
                _runs.Insert(0, make());
                next = 0;
            }

            if (_runs[next].Position < place)
            {
                Drive(_runs[next], place, most);
                return true;
            }

            next--;
        }

        return false;
    }

    private static void Drive(DebugRun run, DebugPosition place, int most)
    {
        int enough = run.Points + most;
        run.Go(() => run.Position >= place || run.Points >= enough);
        Check.That(run.Bug is null && (run.Position == place || run.Points >= enough), "a replica that comes where the run came through");
    }

    private void GiveUp(Predicate<DebugRun> isUseless)
    {
        for (int i = _runs.Count - 1; i >= 0; i--)
        {
            if (isUseless(_runs[i]))
            {
                Remove(i);
            }
        }
    }

    private void Remove(int index)
    {
        _runs[index].GiveUp();
        _runs.RemoveAt(index);
    }
}
