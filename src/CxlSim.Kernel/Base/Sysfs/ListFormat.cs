using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>Numbers as the kernel lists them: <c>0-1,4</c> (<c>%*pbl</c>).</summary>
public static class ListFormat
{
    public static string Of(IEnumerable<int> numbers)
    {
        List<string> parts = [];
        int[] sorted = [.. numbers.Order()];
        for (int i = 0; i < sorted.Length; i++)
        {
            int first = sorted[i];
            while (i + 1 < sorted.Length && sorted[i + 1] == sorted[i] + 1)
            {
                i++;
            }

            parts.Add(first == sorted[i]
                ? first.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{first}-{sorted[i]}"));
        }

        return string.Join(',', parts);
    }
}
