using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Holds a machine against what a file expects of it.</summary>
/// <param name="session">The machine, which stands still.</param>
/// <param name="mark">Since when log lines and refusals count.</param>
internal sealed class ExpectationCheck(MachineSession session, ExpectationMark mark)
{
    private const string Nothing = "nothing";

    private LinuxKernel Kernel => session.Kernel;

    /// <summary>What does not hold, in the order of the keys.</summary>
    /// <param name="expectation">What is expected.</param>
    /// <param name="value">What the step gave; empty where none did.</param>
    /// <param name="answers">Why steps were refused, which a tool may have done by itself; null for one that was not.</param>
    public IReadOnlyList<UnmetExpectation> Run(ExpectationDescription expectation, string value, IEnumerable<Refusal?> answers)
    {
        List<UnmetExpectation> unmet = [];
        if (expectation.Value is { } expected && !expected.Is(value))
        {
            unmet.Add(Unmet(expected, "the step's value", Quoted(value)));
        }

        string[] log = [.. mark.LogOf(Kernel)];
        unmet.AddRange(expectation.Log.Where(line => !Array.Exists(log, line.IsIn)).Select(line => Unmet(line, "the kernel's log", Nearest(line.Text, log))));
        unmet.AddRange(expectation.NoLog.Where(line => Array.Exists(log, line.IsIn)).Select(line => Unmet(line, "the kernel's log", Quoted(Array.Find(log, line.IsIn)!), "no line with ")));
        unmet.AddRange(expectation.Attributes.Select(Attribute).OfType<UnmetExpectation>());
        unmet.AddRange(expectation.Missing.Where(path => ObjectPath.Find(Kernel.Sysfs, path.Text) is not null).Select(path => new UnmetExpectation(path.Location, path.Text, Nothing, "that it is there")));
        string[] iomem = [.. IomemView.Render(Kernel.Iomem).Split('\n').Select(line => line.Trim())];
        unmet.AddRange(expectation.Iomem.Where(line => !Array.Exists(iomem, line.Is)).Select(line => Unmet(line, "/proc/iomem", Nearest(line.Text, iomem))));
        unmet.AddRange(expectation.NoIomem.Where(line => Array.Exists(iomem, line.Is)).Select(line => Unmet(line, "/proc/iomem", Quoted(Array.Find(iomem, line.Is)!), "no line ")));
        unmet.AddRange(expectation.Addresses.Select(Address).OfType<UnmetExpectation>());
        unmet.AddRange(InUse(expectation.InUse));
        string[] refused = [.. mark.RefusalsOf(Kernel).Concat(answers).OfType<Refusal>().Select(refusal => refusal.Rule.Number).Distinct()];
        unmet.AddRange(expectation.Refused.Where(rule => !Array.Exists(refused, rule.Is)).Select(rule => Unmet(rule, "rules that refused", All(refused))));
        return unmet;
    }

    /// <summary>Holds rules against those that warned.</summary>
    public static IEnumerable<UnmetExpectation> Warned(IReadOnlyList<ExpectedText> expected, string[] rules) =>
        expected.Where(rule => !Array.Exists(rules, rule.Is)).Select(rule => Unmet(rule, "rules that a check warns of", All(rules)));

    private static UnmetExpectation Unmet(ExpectedText expected, string what, string found, string prefix = "") => new(expected.Location, what, prefix + Quoted(expected.Text), found);

    private static string Quoted(string text) => $"'{text}'";

    private static string All(string[] texts) => texts.Length > 0 ? string.Join(", ", texts) : Nothing;

    /// <summary>What looks most like it: most words in common.</summary>
    private static string Nearest(string text, string[] lines)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? nearest = lines.MaxBy(line => words.Count(word => line.Contains(word, StringComparison.Ordinal)));
        return nearest is not null && Array.Exists(words, word => nearest.Contains(word, StringComparison.Ordinal)) ? $"no such line; the nearest is {Quoted(nearest)}" : "no such line";
    }

    private UnmetExpectation? Attribute(ExpectedAttribute expected)
    {
        if (ObjectPath.Find(Kernel.Sysfs, expected.Path) is not { } node)
        {
            return Unmet(expected.Value, expected.Path, Nothing);
        }

        if (node.Attribute is not { CanRead: true } attribute)
        {
            return Unmet(expected.Value, expected.Path, node.Attribute is null ? "a directory" : "an attribute that cannot be read");
        }

        AttributeValue value = attribute.Show(node.Owner);
        string found = value.Error == Errno.Ok ? value.Text : value.Error.ToString();
        return expected.Value.Is(found) ? null : Unmet(expected.Value, expected.Path, Quoted(found));
    }

    private UnmetExpectation? Address(ExpectedAddress expected)
    {
        DataPathTarget? found = session.Machine.Resolve(expected.Address);
        bool isThere = found is null ? expected.Device is null : found.Device == expected.Device && found.Address == expected.Dpa;
        return isThere ? null : new UnmetExpectation(expected.Location, $"{expected.Address}", Where(expected.Device, expected.Dpa), Where(found?.Device, found?.Address ?? Dpa.Zero));
    }

    private static string Where(string? device, Dpa address) => device is null ? "that it leads nowhere" : $"{device} {address}";

    private IEnumerable<UnmetExpectation> InUse(IReadOnlyList<ExpectedCapacity> expected)
    {
        IReadOnlyList<DeviceCapacity> capacities = expected.Count > 0 ? CapacityView.Of(session.Machine) : [];
        foreach (ExpectedCapacity capacity in expected)
        {
            DeviceCapacity? found = capacities.FirstOrDefault(candidate => candidate.Device == capacity.Device);
            if (found?.Total(CapacityUse.InUse) != capacity.Size)
            {
                string summary = found?.Summary() ?? $"no such device; there is {All([.. capacities.Select(candidate => candidate.Device)])}";
                yield return new UnmetExpectation(capacity.Location, $"memory of {capacity.Device}", $"{capacity.Size} in use", summary);
            }
        }
    }
}
