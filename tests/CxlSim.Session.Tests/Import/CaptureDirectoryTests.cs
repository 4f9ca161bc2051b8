namespace CxlSim.Session.Tests;

/// <summary>Which files of a directory an import reads, and what it says of those that it cannot.</summary>
public sealed class CaptureDirectoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cxlsim").FullName;

    [Fact]
    public void CopyOfProc_TellsAddressSizes()
    {
        Directory.CreateDirectory(Path.Combine(_root, "sys", "devices"));
        Directory.CreateDirectory(Path.Combine(_root, "proc"));
        File.WriteAllText(Path.Combine(_root, "proc", "cpuinfo"), "processor\t: 0\nflags\t\t: fpu la57\naddress sizes\t: 40 bits physical, 48 bits virtual\n");

        CapturedMachine capture = CapturedMachine.Read([_root, RepositoryRoot.Golden("01-single-volatile")]);

        CaptureImporter.Import(capture, "x").Platform!.Kernel.PhysicalBits.Should().Be(40);
    }

    [Fact]
    public void DirectoryThatCannotBeListed_IsNamedOnce()
    {
        CaptureReader reader = new();

        reader.List(_root, _ => throw new IOException("it is broken")).Should().BeEmpty();
        reader.List(_root, _ => throw new IOException("it is broken")).Should().BeEmpty();

        reader.Unreadable.Should().Equal((_root, "it is broken"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
