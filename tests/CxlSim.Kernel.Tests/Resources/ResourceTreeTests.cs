using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>Requests, insertions and removals in the tree behind /proc/iomem. Shown as <c>name(children)</c>.</summary>
public sealed class ResourceTreeTests
{
    private readonly ResourceTree _tree = new(ResourceTree.End);

    [Fact]
    public void Request_GoesDownIntoWhatIsNotBusy()
    {
        Insert("window", 0x1000, 0x8fff);
        Insert("region", 0x2000, 0x4fff);

        _tree.RequestRegion(Range(0x3000, 0x3fff), "dax").Should().NotBeNull();

        Shown().Should().Be("window(region(dax))");
    }

    [Fact]
    public void Request_FailsAtWhatIsBusy()
    {
        _tree.RequestRegion(Range(0x1000, 0x1fff), "a");

        _tree.RequestRegion(Range(0x1000, 0x1fff), "same").Should().BeNull();
        _tree.RequestRegion(Range(0x1800, 0x2fff), "partial").Should().BeNull();
        _tree.RequestRegion(Range(0x1100, 0x11ff), "inside").Should().BeNull();
        Shown().Should().Be("a");
    }

    [Fact]
    public void Request_FailsWhereItSticksOutOfWhatItWouldGoInto()
    {
        Insert("window", 0x1000, 0x1fff);

        _tree.RequestRegion(Range(0x1800, 0x27ff), "partial").Should().BeNull();
    }

    [Fact]
    public void Insert_GoesBelowWhatIsLarger_BusyOrNot()
    {
        Insert("ram", 0x1000, 0x8fff, ResourceFlags.Busy);

        Insert("code", 0x2000, 0x2fff).Should().BeNull();

        Shown().Should().Be("ram(code)");
    }

    [Fact]
    public void Insert_TakesWhatIsSmallerAsItsChildren()
    {
        Insert("a", 0x2000, 0x2fff);
        Insert("b", 0x4000, 0x4fff);
        Insert("out", 0x9000, 0x9fff);

        Insert("window", 0x1000, 0x8fff).Should().BeNull();

        Shown().Should().Be("window(a,b),out");
    }

    [Fact]
    public void Insert_TakesWhatIsEqualAsItsChild()
    {
        Insert("Soft Reserved", 0x1000, 0x1fff);
        Insert("window", 0x1000, 0x1fff);

        Insert("region", 0x1000, 0x1fff).Should().BeNull();

        Shown().Should().Be("region(window(Soft Reserved))");
    }

    [Fact]
    public void InsertBelowAParent_TakesWhatIsEqualThere()
    {
        Insert("Soft Reserved", 0x1000, 0x1fff);
        Resource window = new("window", Range(0x1000, 0x2fff), ResourceFlags.None);
        _tree.Insert(window).Should().BeNull();

        ResourceTree.Insert(window, new Resource("region", Range(0x1000, 0x1fff), ResourceFlags.None)).Should().BeNull();

        Shown().Should().Be("window(region(Soft Reserved))");
    }

    [Fact]
    public void Insert_FailsAtAPartialOverlap()
    {
        Insert("a", 0x2000, 0x2fff);

        Insert("b", 0x2800, 0x3fff)!.Name.Should().Be("a");

        Shown().Should().Be("a");
    }

    [Fact]
    public void InsertExpandToFit_GrowsOverWhatItOverlaps()
    {
        Insert("a", 0x2000, 0x2fff);
        Insert("b", 0x4000, 0x4fff);
        Resource window = new("window", Range(0x2800, 0x47ff), ResourceFlags.None);

        _tree.InsertExpandToFit(window);

        Shown().Should().Be("window(a,b)");
        window.Range.Should().Be(Range(0x2000, 0x4fff));
    }

    [Fact]
    public void Remove_LetsChildrenMoveUp()
    {
        Insert("window", 0x1000, 0x8fff);
        Resource region = Inserted("region", 0x2000, 0x5fff);
        Insert("dax0.0", 0x2000, 0x2fff);
        Insert("dax0.1", 0x3000, 0x3fff);

        ResourceTree.Remove(region);

        Shown().Should().Be("window(dax0.0,dax0.1)");
        region.Parent.Should().BeNull();
    }

    [Fact]
    public void Release_TakesTheChildrenAlong()
    {
        Insert("window", 0x1000, 0x8fff);
        Resource region = Inserted("region", 0x2000, 0x5fff);
        Insert("dax0.0", 0x2000, 0x2fff);

        ResourceTree.Release(region);

        Shown().Should().Be("window");
    }

    [Fact]
    public void ReserveWithSplit_FillsTheGaps()
    {
        Insert("a", 0x2000, 0x2fff);
        Insert("b", 0x4000, 0x4fff);

        _tree.ReserveWithSplit(Range(0x1000, 0x5fff), "buffer");

        Shown().Should().Be("buffer,a,buffer,b,buffer");
        _tree.Root.Children[2].Range.Should().Be(Range(0x3000, 0x3fff));
    }

    [Fact]
    public void ReserveWithSplit_EndsWhereSomethingCoversTheEnd()
    {
        Insert("a", 0x0, 0x1fff);
        Insert("b", 0x3000, 0x9fff);

        _tree.ReserveWithSplit(Range(0x1000, 0x5fff), "buffer");

        Shown().Should().Be("a,buffer,b");
    }

    [Fact]
    public void FindOverlap_LooksAtEveryDepth()
    {
        Insert("window", 0x1000, 0x8fff, ResourceFlags.CxlWindow);
        Insert("dax", 0x2000, 0x5fff);
        Insert("ram", 0x2000, 0x5fff, ResourceFlags.None);
        Resource deep = Inserted("kmem", 0x3000, 0x3fff, ResourceFlags.SystemRam | ResourceFlags.Busy);

        _tree.FindOverlap(Range(0x3800, 0x7fff), ResourceFlags.SystemRam | ResourceFlags.Busy).Should().BeSameAs(deep);
        _tree.FindOverlap(Range(0x4000, 0x4fff), ResourceFlags.SystemRam).Should().BeNull();
    }

    private Resource? Insert(string name, ulong first, ulong last, ResourceFlags flags = ResourceFlags.None) =>
        _tree.Insert(new Resource(name, Range(first, last), flags));

    private Resource Inserted(string name, ulong first, ulong last, ResourceFlags flags = ResourceFlags.None)
    {
        Resource resource = new(name, Range(first, last), flags);
        _tree.Insert(resource).Should().BeNull();
        return resource;
    }

    private static AddressRange Range(ulong first, ulong last) => AddressRange.FromBounds(new Hpa(first), new Hpa(last));

    private string Shown() => string.Join(',', _tree.Root.Children.Select(Show));

    private static string Show(Resource resource) =>
        resource.Children.Count == 0 ? resource.Name : $"{resource.Name}({string.Join(',', resource.Children.Select(Show))})";
}
