namespace CxlSim.Hardware.Tests;

/// <summary>The data object exchange that serves the CDAT.</summary>
public class DoeTests
{
    private const uint Go = 1u << 31;
    private const uint Ready = 1u << 31;
    private const uint Error = 1 << 2;
    private const uint Busy = 1;
    private const uint Table = 0x00021e98;

    /// <summary>The attribute CDAT of the recorded 1 GiB device.</summary>
    private const string Recorded =
        "a000000002ad000000000000000000000000180000000000000000000000000000000040000000000100180000000100"
        + "10270000000000000f000000000000000100180000000200102700000000000019000000000000000100180000000400"
        + "e80300000000000010000000000000000100180000000500e80300000000000010000000000000000400180000010000"
        + "00000000000000000000004000000000";

    private readonly Bench _bench = new(Bench.OneDevice);
    private readonly int _doe = 0x100;

    public DoeTests()
    {
        while ((Read(0) & 0xffff) != 0x2e)
        {
            _doe = (int)(Read(0) >> 20);
        }
    }

    private uint Status => Read(0x0c);

    [Fact]
    public void Discovery_NamesItselfAndTableAccess()
    {
        Exchange(0x00000001, 3, 0).Should().Equal(0x00000001, 3, 0x01000001);
        Exchange(0x00000001, 3, 1).Should().Equal(0x00000001, 3, 0x00021e98);
    }

    [Fact]
    public void Cdat_IsTheRecordedTable_EntryByEntry()
    {
        byte[] recorded = Convert.FromHexString(Recorded);
        int offset = 0;
        uint handle = 0;
        while (handle != 0xffff)
        {
            uint[] answer = Exchange(Table, 3, handle << 16);
            answer[0].Should().Be(Table);
            answer[1].Should().Be((uint)answer.Length);
            (answer[2] & 0xffff).Should().Be(0);
            handle = answer[2] >> 16;
            byte[] entry = [.. answer[3..].SelectMany(BitConverter.GetBytes)];
            entry.Should().HaveCount(offset == 0 ? 16 : 24);
            entry.Should().Equal(recorded[offset..(offset + entry.Length)]);
            offset += entry.Length;
        }

        offset.Should().Be(160);
    }

    [Fact]
    public void Exchange_TakesVirtualTime()
    {
        Send(Table, 3, 0);
        (Status & (Busy | Ready)).Should().Be(Busy);
        _bench.Simulation.RunUntilIdle();
        (Status & (Busy | Ready)).Should().Be(Ready);
    }

    public static TheoryData<string, uint[]> WrongRequests => new()
    {
        { "nothing", [] },
        { "too short", [Table, 2] },
        { "a length that lies", [Table, 4, 0] },
        { "an unknown vendor", [0x00021234, 3, 0] },
        { "an unknown type", [0x00091e98, 3, 0] },
        { "another table type", [Table, 3, 0x0100] },
        { "a handle past the end", [Table, 3, 7 << 16] },
    };

    [Theory]
    [MemberData(nameof(WrongRequests))]
    public void WrongRequest_SetsTheErrorBit_AndAbortClearsIt(string what, uint[] request)
    {
        Send(request);
        _bench.Simulation.RunUntilIdle();
        (Status & (Error | Ready)).Should().Be(Error, what);

        Write(0x08, 1);

        Status.Should().Be(0);
        Exchange(Table, 3, 0).Should().HaveCount(7);
    }

    [Fact]
    public void Abort_EndsAnExchangeOnItsWay()
    {
        Send(Table, 3, 0);
        Write(0x08, 1);
        Status.Should().Be(0);

        _bench.Simulation.RunUntilIdle();

        Status.Should().Be(0);
        Read(0x14).Should().Be(0);
    }

    private uint[] Exchange(params uint[] request)
    {
        Send(request);
        _bench.Simulation.RunUntilIdle();
        List<uint> answer = [];
        while ((Status & Ready) != 0)
        {
            answer.Add(Read(0x14));
            Write(0x14, 0); // any write takes the word away
        }

        return [.. answer];
    }

    private void Send(params uint[] request)
    {
        foreach (uint word in request)
        {
            Write(0x10, word);
        }

        Write(0x08, Go);
    }

    private uint Read(int register) => _bench.Machine.ReadConfig(Bench.DeviceAt(0), _doe + register, 4);

    private void Write(int register, uint value) => _bench.Machine.WriteConfig(Bench.DeviceAt(0), _doe + register, 4, value);
}
