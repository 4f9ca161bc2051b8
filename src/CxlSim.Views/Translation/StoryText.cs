using System.Globalization;
using System.Numerics;
using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>The way of an address in sentences: a level with its range, and below it the arithmetic that chose the next.</summary>
public static class StoryText
{
    /// <summary>Indented lines without their ends; what stands above them says which address it is and where it went.</summary>
    public static IEnumerable<string> Lines(RouteStory story)
    {
        if (story.Dram is { } dram)
        {
            yield return $"  system memory {dram} answers, no decoder is asked";
        }

        foreach (RouteLevel level in story.Levels)
        {
            yield return "  " + Head(level);
            bool isEnd = ReferenceEquals(level, story.Levels[^1]);
            foreach (string line in Choice(level).Concat(Share(level)).Concat(isEnd && story.Outcome != RouteOutcome.Hit ? Ending(story, level) : []))
            {
                yield return "    " + line;
            }
        }

        if (story is { Dpa: { } dpa, Device: { } device })
        {
            yield return $"  {device.Name}, {device.Device.Id} of the platform file: DPA {dpa}";
        }
    }

    /// <summary>The decoder under both names; a level that chose none under its own.</summary>
    private static string Head(RouteLevel level)
    {
        if (level.Decoder is { } decoder)
        {
            string maps = level.Maps.Count > 0 ? ", XOR arithmetic" : string.Empty;
            return $"{Name(decoder)}: {Range(decoder)}, {Interleave(decoder)}{maps}";
        }

        string name = level.Port is null ? level.Unit : $"{level.Port} ({level.Unit})";
        return level.IsPassthrough ? $"{name}: one port and no decoder" : name;
    }

    private static IEnumerable<string> Choice(RouteLevel level)
    {
        foreach (RouteMap map in level.Maps)
        {
            yield return Text($"XOR map 0x{map.Mask:x} has parity {map.Parity}: bit {map.Bit} becomes {map.Parity}");
        }

        if (level.Maps.Count > 0)
        {
            yield return $"decoders below see {level.Address}";
        }

        string target = level.Target ?? "where nothing is";
        if (level.IsPassthrough)
        {
            yield return $"everything goes to {target}";
        }
        else if (level is { Position: { } position, Decoder: { } decoder })
        {
            yield return $"{Position(level.Address, decoder, position)}, {target}";
        }
    }

    private static string Position(Hpa address, RouteDecoder decoder, int position)
    {
        int low = BitOperations.TrailingZeroCount(decoder.Granularity);
        int high = low + BitOperations.TrailingZeroCount(decoder.Ways) - 1;
        return decoder.Ways == 1 ? Text($"target {position}")
            : !BitOperations.IsPow2(decoder.Ways) ? Text($"{address} / {decoder.Granularity} mod {decoder.Ways} = {position}: target {position}")
            : high == low ? Text($"bit {low} of {address} is {position}: target {position}")
            : Text($"bits {high}:{low} of {address} are {position}: target {position}");
    }

    private static IEnumerable<string> Share(RouteLevel level)
    {
        if (level is not { Decoder: { Range: { } range } decoder, Offset: { } offset })
        {
            yield break;
        }

        ulong inRange = (level.Address - range.Start).Bytes;
        ulong granularity = (ulong)decoder.Granularity;
        yield return decoder.Ways == 1
            ? Text($"{level.Address} - {range.Start} = 0x{inRange:x}")
            : Text($"{level.Address} - {range.Start} = 0x{inRange:x}: chunk {inRange / granularity}, byte 0x{inRange % granularity:x}");
        if (decoder.Ways > 1)
        {
            ulong own = inRange / granularity / (ulong)decoder.Ways;
            yield return Text($"chunk {inRange / granularity} / {decoder.Ways} ways = chunk {own} of its share: {own} * {granularity} + 0x{inRange % granularity:x} = 0x{offset.Bytes:x}");
        }

        yield return level.Base is { } start
            ? Text($"its share begins at DPA {start}: {start} + 0x{offset.Bytes:x} = 0x{(UInt128)start.Value + offset.Bytes:x}")
            : "its share begins past the device's capacity";
    }

    private static IEnumerable<string> Ending(RouteStory story, RouteLevel level)
    {
        yield return MissReason.Of(story);
        if (level.Outcome == RouteOutcome.OverlappingDecoders)
        {
            foreach (RouteDecoder claimant in level.Decoders.Where(decoder => decoder.Claims(level.Address)))
            {
                yield return $"{Name(claimant)} does: {Range(claimant)}";
            }
        }
        else if (level.Decoder is null && !level.IsPassthrough)
        {
            yield return Nearest(level);
        }

        foreach (string decoder in level.Uncommitted)
        {
            yield return $"{decoder} is set up for it, but not committed";
        }
    }

    private static string Nearest(RouteLevel level)
    {
        Hpa address = level.Address;
        RouteDecoder? nearest = level.Decoders.Where(decoder => decoder.Range is not null).MinBy(Distance);
        if (nearest is not { Range: { } range })
        {
            return "there is none";
        }

        string side = range.Start > address ? "begins" : "ends";
        return Text($"nearest is {Name(nearest)}: {range} {side} 0x{Distance(nearest):x} bytes {(range.Start > address ? "after" : "before")} it");

        ulong Distance(RouteDecoder decoder) =>
            decoder.Range!.Value.Start > address ? (decoder.Range.Value.Start - address).Bytes : (address - decoder.Range.Value.Last).Bytes;
    }

    private static string Name(RouteDecoder decoder) => decoder.Name is null ? decoder.Unit : $"{decoder.Name} ({decoder.Unit})";

    private static string Range(RouteDecoder decoder) => decoder.Range?.ToString() ?? "no range";

    private static string Interleave(RouteDecoder decoder) =>
        decoder.Ways == 1 ? "1 way" : Text($"{decoder.Ways} ways of {decoder.Granularity} bytes");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
