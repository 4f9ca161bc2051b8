using CxlSim.Engine;

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

    // CDAT 1.04: every kind of record of a device, a header that lies, and bytes that are no whole words.
    [Fact]
    public void StatedCdat_IsServedAsItStands()
    {
        const string cdat = """
            {revision: 1, sequence: 7, length: 99, checksum: 0x5a, records: [
              {dsmas: {handle: 1, base: 0x10000000, length: 256MiB, nonvolatile: true, read_only: true}},
              {dslbis: {handle: 1, hierarchy: first_level_cache, data_type: write_bandwidth, base_unit: 64, entries: [1, 2, 3]}},
              {dsmscis: {handle: 1, size: 1MiB, levels: 2, level: 2, associativity: complex, write_policy: none, line_size: 128}},
              {dsis: {handle: 1, memory_attached: true}},
              {dsemts: {handle: 1, efi_type: reserved, offset: 4096, length: 8192}},
              {raw: "0900 0600 aabb"}]}
            """;
        Bench bench = new(Bench.OneDevice.Replace("serial: ", "cdat: " + cdat.ReplaceLineEndings(" ") + ", serial: ", StringComparison.Ordinal));

        string[] entries = EntriesOf(bench);

        entries[0].Should().Be("63000000" + "01" + "5a" + "000000000000" + "07000000");
        entries[1..].Should().Equal(
            "0000" + "1800" + "01" + "44" + "0000" + "0000001000000000" + "0000001000000000",
            "0100" + "1800" + "01" + "01" + "05" + "00" + "4000000000000000" + "0100" + "0200" + "0300" + "0000",
            "0200" + "1400" + "01" + "000000" + "0000100000000000" + "22028000",
            "0300" + "0800" + "01" + "01" + "0000",
            "0400" + "1800" + "01" + "02" + "0000" + "0010000000000000" + "0020000000000000",
            "0900" + "0600" + "aabb" + "0000");
    }

    // Whole tens of nanoseconds and thousands of MB/s as QEMU counts; what they do not divide is not rounded.
    [Theory]
    [InlineData("read_latency_ns: 155", 1, "e803000000000000" + "9b00")]
    [InlineData("read_latency_ns: 65534", 1, "e803000000000000" + "feff")]
    [InlineData("read_bandwidth_mbs: 12500", 3, "0100000000000000" + "d430")]
    [InlineData("read_bandwidth_mbs: 1000000", 3, "e803000000000000" + "e803")]
    public void DerivedSpeeds_KeepTheirValues(string speed, int record, string unitAndEntry)
    {
        Bench bench = new(Bench.OneDevice.Replace("serial: ", $"cdat: {{{speed}}}, serial: ", StringComparison.Ordinal));

        EntriesOf(bench)[1 + record][16..36].Should().Be(unitAndEntry);
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

    /// <summary>The end of the exchange that was aborted comes while the next one is under way.</summary>
    [Fact]
    public void ExchangeAfterAnAbort_TakesItsOwnTime()
    {
        Bench bench = new(Bench.OneDevice + "\ntiming: {doe_exchange: 1ms}");
        Send(bench, [Table, 3, 0]);
        Pass(bench, SimDuration.Microseconds(750));
        Write(bench, 0x08, 1);
        Send(bench, [Table, 3, 0]);

        Pass(bench, SimDuration.Microseconds(750));
        (Read(bench, 0x0c) & (Busy | Ready)).Should().Be(Busy);
        Pass(bench, SimDuration.Microseconds(750));
        (Read(bench, 0x0c) & (Busy | Ready)).Should().Be(Ready);
    }

    /// <summary>Words of a request that never ends are not kept for ever, and it is refused (PCI Express Base 6.0 6.30.1: 2^18 at the most).</summary>
    [Fact]
    public void RequestWithoutAnEnd_IsRefused()
    {
        for (uint word = 0; word < (1 << 18) + 10; word++)
        {
            Write(0x10, word == 0 ? Table : (1 << 18) + 10);
        }

        Write(0x08, Go);
        _bench.Simulation.RunUntilIdle();
        (Status & (Error | Ready)).Should().Be(Error);
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

    private string[] EntriesOf(Bench bench)
    {
        List<string> entries = [];
        for (uint handle = 0; handle != 0xffff;)
        {
            uint[] answer = Exchange(bench, Table, 3, handle << 16);
            handle = answer[2] >> 16;
            entries.Add(Convert.ToHexStringLower([.. answer[3..].SelectMany(BitConverter.GetBytes)]));
        }

        return [.. entries];
    }

    private uint[] Exchange(params uint[] request) => Exchange(_bench, request);

    private uint[] Exchange(Bench bench, params uint[] request)
    {
        Send(bench, request);
        bench.Simulation.RunUntilIdle();
        List<uint> answer = [];
        while ((Read(bench, 0x0c) & Ready) != 0)
        {
            answer.Add(Read(bench, 0x14));
            Write(bench, 0x14, 0); // any write takes the word away
        }

        return [.. answer];
    }

    private void Send(params uint[] request) => Send(_bench, request);

    private void Send(Bench bench, uint[] request)
    {
        foreach (uint word in request)
        {
            Write(bench, 0x10, word);
        }

        Write(bench, 0x08, Go);
    }

    private static void Pass(Bench bench, SimDuration time)
    {
        bench.Simulation.Spawn("wait", async () => await bench.Simulation.Delay(time));
        bench.Simulation.RunWithin(time);
    }

    private uint Read(int register) => Read(_bench, register);

    private uint Read(Bench bench, int register) => bench.Machine.ReadConfig(Bench.DeviceAt(0), _doe + register, 4);

    private void Write(int register, uint value) => Write(_bench, register, value);

    private void Write(Bench bench, int register, uint value) => bench.Machine.WriteConfig(Bench.DeviceAt(0), _doe + register, 4, value);
}
