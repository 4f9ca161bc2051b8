using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Scenarios;

/// <summary>Finds devices that a scenario names and its platform does not have. Linux's own names are known only when the machine runs.</summary>
internal static class ScenarioDevices
{
    public static void Check(ReadContext context, PlatformDescription platform, ExpectationDescription? atEnd)
    {
        HashSet<string> known = [.. platform.Devices.Select(device => device.Id)];
        foreach (ExpectationDescription expectation in platform.Steps.Select(step => step.Expectation).Append(atEnd).OfType<ExpectationDescription>())
        {
            IEnumerable<(SourceLocation At, string? Device)> named =
            [
                .. expectation.InUse.Select(capacity => (capacity.Location, (string?)capacity.Device)),
                .. expectation.Addresses.Select(address => (address.Location, address.Device)),
            ];
            foreach ((SourceLocation at, string? device) in named.Where(pair => pair.Device is not null && !known.Contains(pair.Device)))
            {
                context.Error(Cxs.UnknownDevice, at, $"found the device '{Quote.Of(device!)}'; expected one of the platform: {string.Join(", ", known)}{NearestKey.Hint(device!, known)}");
            }
        }

        foreach (LoadMediaStep step in platform.Steps.OfType<LoadMediaStep>().Where(step => !known.Contains(step.Device) && !step.Device.StartsWith("mem", StringComparison.Ordinal)))
        {
            context.Error(Cxs.UnknownDevice, step.Location, $"found the device '{Quote.Of(step.Device)}'; expected one of the platform: {string.Join(", ", known)}{NearestKey.Hint(step.Device, known)}");
        }
    }
}
