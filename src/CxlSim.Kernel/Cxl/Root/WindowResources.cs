using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>
/// The addresses of windows, first among themselves and then in /proc/iomem (<c>add_cxl_resources</c> in <c>drivers/cxl/acpi.c</c>). A window of which no decoder comes
/// keeps its line there, and one inside another has none.
/// </summary>
public sealed class WindowResources(ResourceTree iomem)
{
    private readonly Resource _private = new("CXL mem", AddressRange.FromBounds(Hpa.Zero, ResourceTree.End), ResourceFlags.None);
    private readonly Dictionary<Resource, Resource> _public = [];

    /// <summary>One more window. False where it overlaps another and neither holds the other. One that reaches to the very end of all addresses is fine, and gets no line.</summary>
    public bool TryAdd(Resource window) => !_private.Range.Contains(window.Range) || ResourceTree.Insert(_private, window) is null;

    /// <summary>In the order of their addresses: each grows over what it meets, and takes that from the windows behind it.</summary>
    public void Publish()
    {
        foreach (Resource window in _private.Children.ToArray())
        {
            if (window.Parent is null)
            {
                continue; // taken out by one before it
            }

            Resource shown = new(window.Name, window.Range, ResourceFlags.CxlWindow);
            _public.Add(window, shown);
            iomem.InsertExpandToFit(shown);
            foreach (Resource behind in _private.Children.SkipWhile(other => other != window).Skip(1).TakeWhile(other => other.Range.Overlaps(shown.Range)).ToArray())
            {
                if (shown.Range.Contains(behind.Range))
                {
                    ResourceTree.Remove(behind);
                }
                else
                {
                    behind.Range = AddressRange.FromBounds(new Hpa(shown.Range.Last.Value + 1), behind.Range.Last);
                }
            }
        }
    }

    /// <summary>What /proc/iomem has for a decoder; null where another window has taken its addresses. It is in no tree where the window ends behind what the CPU can address.</summary>
    public Resource? Of(AddressRange decoded) => _private.Children.FirstOrDefault(window => window.Range.Contains(decoded)) is { } window ? _public.GetValueOrDefault(window) : null;

    /// <summary>What lies in the windows moves up.</summary>
    public void Remove()
    {
        foreach (Resource shown in _public.Values)
        {
            ResourceTree.Remove(shown);
        }
    }
}
