namespace CxlSim.Engine.Tests;

public class InboxTests
{
    private readonly Simulation _simulation = new(1);
    private readonly List<string> _log = [];

    [Fact]
    public void Requests_AreServedInTheOrderOfPosting()
    {
        Request[] requests = [.. Enumerable.Range(0, 50).Select(i => Write($"r{i}"))];
        foreach (Request request in requests)
        {
            _simulation.Inbox.Post(request);
        }

        _simulation.RunUntilIdle();

        _log.Should().Equal(requests.Select(r => r.Description));
        requests.Should().OnlyContain(r => r.IsDone);
        _simulation.Inbox.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Request_ComesAfterEverythingElseOfItsInstant()
    {
        _simulation.Inbox.Post(Write("request"));
        _simulation.Schedule(SimDuration.Zero, EventPriority.Thread, new CallbackHandler(_ => _log.Add("thread")));
        _simulation.Schedule(SimDuration.Zero, EventPriority.Interrupt, new CallbackHandler(_ => _log.Add("interrupt")));

        _simulation.RunUntilIdle();

        _log.Should().Equal("interrupt", "thread", "request");
    }

    [Fact]
    public void Request_IsDone_OnlyWhenItsWorkIs()
    {
        Request request = new LambdaRequest("slow", async () => await _simulation.Delay(new SimDuration(100)));
        _simulation.Inbox.Post(request);

        _simulation.Step();
        request.IsDone.Should().BeFalse();
        _simulation.RunUntilIdle();
        request.IsDone.Should().BeTrue();
    }

    [Fact]
    public void Request_RunsInAThreadOfItsOwnName()
    {
        string? name = null;
        _simulation.Inbox.Post(new LambdaRequest("write /sys/x", () =>
        {
            name = _simulation.CurrentThread?.Name;
            return SimTask.CompletedTask;
        }));

        _simulation.RunUntilIdle();

        name.Should().Be("write /sys/x");
    }

    [Fact]
    public void Post_FromOtherThreads_LosesNothingAndKeepsEachOnesOrder()
    {
        Thread[] posters = [.. Enumerable.Range(0, 4).Select(p => new Thread(() =>
        {
            for (int i = 0; i < 250; i++)
            {
                _simulation.Inbox.Post(Write($"{p}:{i}"));
            }
        }))];

        Array.ForEach(posters, t => t.Start());
        while (posters.Any(t => t.IsAlive))
        {
            _simulation.RunUntilIdle();
        }

        _simulation.RunUntilIdle();

        _log.Should().HaveCount(1000);
        foreach (IGrouping<string, string> poster in _log.GroupBy(entry => entry.Split(':')[0]))
        {
            poster.Select(entry => int.Parse(entry.Split(':')[1])).Should().Equal(Enumerable.Range(0, 250));
        }
    }

    [Fact]
    public void Exception_OfARequest_PropagatesOutOfTheLoop()
    {
        Request request = new LambdaRequest("bad", () => throw new FormatException());
        _simulation.Inbox.Post(request);

        _simulation.Invoking(s => s.RunUntilIdle()).Should().Throw<FormatException>();
        request.IsDone.Should().BeFalse();
    }

    private LambdaRequest Write(string text) => new(text, () =>
    {
        _log.Add(text);
        return SimTask.CompletedTask;
    });
}
