using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Engine.Tests.Events;

public class EventQueueTests
{
    private static readonly RecordingHandler Handler = new();

    [Fact]
    public void Dequeue_AgreesWithAStableSort_WhateverTheInterleaving() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), AgreesWithModel));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Dequeue_AgreesWithAStableSort_WhenTheQueueIsDeep(ulong seed)
    {
        SimRandom random = new(seed);
        AgreesWithModel(Enumerable.Range(0, 3000).Select(_ => (int)random.Next(512)).ToArray()).Should().BeTrue();
    }

    /// <summary>Many events, near and far, growing and shrinking: heaps, wheel, and the ways between.</summary>
    [Theory]
    [InlineData(1000, 12, false)]
    [InlineData(1000, 12, true)]
    [InlineData(1L << 30, 20, true)]
    [InlineData(1, 200, false)]
    [InlineData(40, 5000, false)]
    [InlineData(1000, 40, true)]
    [InlineData(1000, 5000, true)]
    [InlineData(1_000_000, 200, true)]
    [InlineData(1_000_000, 5000, false)]
    [InlineData(1L << 45, 200, false)]
    [InlineData(1L << 45, 5000, true)]
    public void Dequeue_AgreesWithAnotherQueue_WhateverTheIncrements(long furthest, int most, bool hasFarOnes)
    {
        SimRandom random = new((ulong)(furthest + most));
        EventQueue queue = new();
        PriorityQueue<ulong, (long Time, EventPriority Priority, ulong Number)> other = new();
        long now = 0;
        for (ulong number = 0; number < 60_000; number++)
        {
            bool grows = number / (ulong)(3 * most) % 2 == 0; // it fills, and runs empty again
            if (other.Count == 0 || (other.Count < most && random.Next(100) < (grows ? 60UL : 40)))
            {
                long far = hasFarOnes && random.Next(10) == 0 ? furthest * 1000 : 0;
                long time = now + far + (long)random.Next((ulong)furthest);
                EventPriority priority = (EventPriority)random.Next(4);
                queue.Enqueue(new SimTime(time), priority, Handler, number);
                other.Enqueue(number, (time, priority, number));
                continue;
            }

            if (random.Next(4) == 0)
            {
                queue.NextTime.Picoseconds.Should().BeGreaterThanOrEqualTo(now); // who looks at the next one has it put in order
            }

            SimEvent next = queue.Dequeue();
            ulong expected = other.Dequeue();
            (next.Argument == expected).Should().BeTrue("event {0} comes next, not {1}", expected, next.Argument);
            now = next.Time.Picoseconds;
        }

        queue.Snapshot().Select(e => e.Argument).Should().Equal(Enumerable.Range(0, other.Count).Select(_ => other.Dequeue()));
    }

    /// <summary>No width of buckets suits such events: the queue tries others all the time, after buckets of one event and of many.</summary>
    [Fact]
    public void Dequeue_KeepsTheOrder_OfBurstsAndSingleEvents()
    {
        SimRandom random = new(5);
        EventQueue queue = new();
        ulong came = 0;
        ulong gone = 0;
        for (long time = 0; came < 600_000; time += 1000)
        {
            for (ulong most = came + (random.Next(2) == 0 ? 1UL : 30); came < most; came++)
            {
                queue.Enqueue(new SimTime(time), EventPriority.Device, Handler, came);
            }

            while (queue.Count > 500)
            {
                (queue.Dequeue().Argument == gone).Should().BeTrue("event {0} comes next", gone);
                gone++;
            }
        }

        queue.Count.Should().Be((int)(came - gone));
    }

    [Fact]
    public void HasForeground_LooksAtAllThatIsDue()
    {
        EventQueue queue = new();
        RecordingHandler background = new(isBackground: true);
        for (ulong i = 0; i < 500; i++)
        {
            queue.Enqueue(new SimTime((long)i * 1000), EventPriority.Thread, i == 400 ? Handler : background, i);
        }

        queue.HasForeground(new SimTime(399_999)).Should().BeFalse();
        queue.HasForeground(new SimTime(400_000)).Should().BeTrue();
    }

    [Fact]
    public void Dequeue_KeepsTheOrderOfEqualKeys()
    {
        EventQueue queue = new();
        for (ulong i = 0; i < 10_000; i++)
        {
            queue.Enqueue(new SimTime(7), EventPriority.Thread, Handler, i);
        }

        for (ulong i = 0; i < 10_000; i++)
        {
            queue.Dequeue().Argument.Should().Be(i);
        }

        queue.Count.Should().Be(0);
    }

    [Fact]
    public void Dequeue_ServesPrioritiesOfOneInstantInTheirOrder()
    {
        EventQueue queue = new();
        EventPriority[] priorities = Enum.GetValues<EventPriority>();
        foreach (EventPriority priority in priorities.Reverse())
        {
            queue.Enqueue(SimTime.Zero, priority, Handler, 0);
        }

        priorities.Select(_ => queue.Dequeue().Priority).Should().Equal(priorities);
    }

    [Fact]
    public void Dequeue_OrdersTheEndsOfTime()
    {
        EventQueue queue = new();
        long[] times = [long.MaxValue, 0, long.MaxValue - 1, 1];
        foreach (long time in times)
        {
            queue.Enqueue(new SimTime(time), EventPriority.Device, Handler, 0);
        }

        times.Select(_ => queue.Dequeue().Time.Picoseconds).Should().Equal(0, 1, long.MaxValue - 1, long.MaxValue);
    }

    [Fact]
    public void Snapshot_ListsEverythingEarliestFirst_AndTakesNothingOut()
    {
        EventQueue queue = new();
        for (ulong i = 0; i < 100; i++)
        {
            queue.Enqueue(new SimTime((long)(i * 37 % 10)), EventPriority.Thread, Handler, i);
        }

        ulong[] seen = queue.Snapshot().Select(e => e.Argument).ToArray();

        queue.Count.Should().Be(100);
        seen.Should().Equal(Enumerable.Range(0, 100).Select(_ => queue.Dequeue().Argument));
    }

    [Fact]
    public void NextTime_IsTheTimeOfTheEarliestEvent()
    {
        EventQueue queue = new();
        queue.Enqueue(new SimTime(9), EventPriority.Thread, Handler, 0);
        queue.Enqueue(new SimTime(4), EventPriority.Request, Handler, 0);

        queue.NextTime.Should().Be(new SimTime(4));
    }

    [Fact]
    public void EmptyQueue_RefusesToBeAsked()
    {
        EventQueue queue = new();

        queue.Invoking(q => q.Dequeue()).Should().Throw<InvalidOperationException>();
        queue.Invoking(q => q.NextTime).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Dequeue_LetsGoOfTheHandler()
    {
        EventQueue queue = new();
        WeakReference handler = EnqueueAndDequeueNew(queue);

        GC.Collect();

        handler.IsAlive.Should().BeFalse();
        GC.KeepAlive(queue);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference EnqueueAndDequeueNew(EventQueue queue)
    {
        RecordingHandler handler = new();
        queue.Enqueue(SimTime.Zero, EventPriority.Thread, handler, 0);
        queue.Dequeue();
        return new WeakReference(handler);
    }

    /// <summary>Plays numbers as a program: every third one dequeues, the others enqueue with few distinct times, so that keys collide.</summary>
    private static bool AgreesWithModel(int[] program)
    {
        EventQueue queue = new();
        ModelQueue model = new();
        ulong argument = 0;
        bool same = true;
        foreach (int code in program)
        {
            if (code % 3 == 0 && model.Count > 0)
            {
                same &= Matches(queue.Dequeue(), model.Dequeue());
            }
            else
            {
                long time = (code >> 2) & 7;
                EventPriority priority = (EventPriority)((code >> 5) & 3);
                queue.Enqueue(new SimTime(time), priority, Handler, argument);
                model.Enqueue(time, priority, argument++);
            }
        }

        return same && queue.Count == model.Count && model.Sorted().All(e => Matches(queue.Dequeue(), e));
    }

    private static bool Matches(SimEvent actual, (long Time, EventPriority Priority, ulong Argument) expected) =>
        (actual.Time.Picoseconds, actual.Priority, actual.Argument) == expected;
}
