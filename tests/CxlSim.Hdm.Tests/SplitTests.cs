using CxlSim.Core;
using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Hdm.Tests;

/// <summary>A long access falls into runs that say what each of its bytes would.</summary>
public class SplitTests
{
    private static readonly Geometry Interleaved = new(new Hpa(0x3000000000), ByteSize.MiB(256), (4, 256), [(1, 1024)]);

    [Fact]
    public void Runs_FollowChunks_FromTheFirstByteToTheLast()
    {
        List<Translation> runs = [];
        foreach (Translation run in Interleaved.Translator.Table.Split(new Hpa(0x30000003f0), new ByteSize(0x320)))
        {
            runs.Add(run);
        }

        runs.Should().Equal(
            Hit(3, 0xf0, 0x10),
            Hit(0, 0x100, 0x100),
            Hit(1, 0x100, 0x100),
            Hit(2, 0x100, 0x100),
            Hit(3, 0x100, 0x10));
    }

    [Fact]
    public void Hole_IsOneRun_AndTheNextWindowGoesOn()
    {
        HdmDecoder decoder = new(AddressRange.Of(new Hpa(0x1000), new ByteSize(0x1000)), 1, 256, 0);
        RouteTable table = RouteTable.Compile([new DecodeWindow(decoder.Range, 256, [new EndpointNode(0, [decoder])])]);
        List<(DecodeOutcome, ulong)> runs = [];
        foreach (Translation run in table.Split(new Hpa(0x10), ByteSize.GiB(1)))
        {
            runs.Add((run.Outcome, run.Run.Bytes));
        }

        runs.Should().Equal((DecodeOutcome.NoWindow, 0xff0), (DecodeOutcome.Hit, 0x1000), (DecodeOutcome.NoWindow, 0x40000000 - 0xff0 - 0x1000));
    }

    [Fact]
    public void EmptyAccess_HasNoRun() => Interleaved.Translator.Table.Split(Interleaved.Start, ByteSize.Zero).MoveNext().Should().BeFalse();

    [Fact]
    public void AccessPastTheLastAddress_GoesOnAtTheFirst()
    {
        HdmDecoder decoder = new(AddressRange.Of(new Hpa(ulong.MaxValue - 0xff), new ByteSize(0x100)), 1, 256, 0);
        RunEnumerator runs = RouteTable.Compile([new DecodeWindow(decoder.Range, 256, [new EndpointNode(7, [decoder])])]).Split(new Hpa(ulong.MaxValue), new ByteSize(0x11));

        runs.MoveNext().Should().BeTrue();
        runs.Current.Should().Be(Hit(7, 0xff, 1));
        runs.MoveNext().Should().BeTrue();
        (runs.Current.Outcome, runs.Current.Run.Bytes).Should().Be((DecodeOutcome.NoWindow, 0x10UL));
        runs.MoveNext().Should().BeFalse();
    }

    [Fact]
    public void WholeGibibyte_IsWalkedChunkByChunk_WithoutAllocation()
    {
        // A collection that another thread causes counts what is left of this thread's allocation context: the least of some walks is what a walk takes.
        (ulong Bytes, int Runs, long Allocated)[] walks = [Walk(), Walk(), Walk()];

        walks.Min(walk => walk.Allocated).Should().Be(0);
        walks[0].Bytes.Should().Be(0x40002000);
        walks[0].Runs.Should().Be((0x40000000 / 256) + 2, "before and behind it is a hole");
    }

    private static (ulong Bytes, int Runs, long Allocated) Walk()
    {
        RouteTable table = Interleaved.Translator.Table;
        ulong bytes = 0;
        int runs = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Translation run in table.Split(Interleaved.Start - new ByteSize(0x1000), ByteSize.GiB(1) + new ByteSize(0x2000)))
        {
            bytes += run.Run.Bytes;
            runs++;
        }

        return (bytes, runs, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Runs_SayWhatSingleTranslationsSay_WhateverTheLayout() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3),
        Prop.ForAll(RandomLayout.Cases, example =>
        {
            RandomLayout layout = new(example.Seed, example.Size);
            ReferenceTranslator reference = new(layout.Windows);
            RouteTable table = RouteTable.Compile(layout.Windows);
            ulong[] addresses = layout.Addresses(4);
            for (int i = 0; i < 5; i++)
            {
                ulong start = addresses[layout.Below((ulong)addresses.Length)];
                ulong length = layout.Below(0x1000);
                ulong at = 0;
                foreach (Translation run in table.Split(new Hpa(start), new ByteSize(length)))
                {
                    SaysWhatBytesSay(reference, unchecked(start + at), run, [0, layout.Below(run.Run.Bytes), run.Run.Bytes - 1]);
                    at += run.Run.Bytes;
                }

                at.Should().Be(length);
            }
        }));

    private static void SaysWhatBytesSay(ReferenceTranslator reference, ulong start, Translation run, ReadOnlySpan<ulong> steps)
    {
        foreach (ulong step in steps)
        {
            Translation single = reference.Translate(new Hpa(unchecked(start + step)));
            Dpa dpa = run.Outcome == DecodeOutcome.Hit ? run.Address + new ByteSize(step) : default;
            bool agrees = single.Outcome == run.Outcome && single.Device == run.Device && single.Address == dpa;
            agrees.Should().BeTrue("{0} after 0x{1:x} the reference says {2}, and the run is {3}", step, start, single, run);
        }
    }

    private static Translation Hit(int device, ulong dpa, ulong bytes) => new(DecodeOutcome.Hit, device, new Dpa(dpa), new ByteSize(bytes));
}
