using System.Runtime.InteropServices;
using CxlSim.Spec.Cxl;

namespace CxlSim.Spec.Tests.Cxl;

public class IdentifyMemoryDeviceTests
{
    [Theory]
    [InlineData(nameof(IdentifyMemoryDevice.FirmwareRevision), 0x00)]
    [InlineData(nameof(IdentifyMemoryDevice.TotalCapacity), 0x10)]
    [InlineData(nameof(IdentifyMemoryDevice.VolatileCapacity), 0x18)]
    [InlineData(nameof(IdentifyMemoryDevice.PersistentCapacity), 0x20)]
    [InlineData(nameof(IdentifyMemoryDevice.PartitionAlignment), 0x28)]
    [InlineData(nameof(IdentifyMemoryDevice.LsaSize), 0x38)]
    [InlineData(nameof(IdentifyMemoryDevice.PoisonListMaximumLow), 0x3c)]
    [InlineData(nameof(IdentifyMemoryDevice.InjectPoisonLimit), 0x3f)]
    [InlineData(nameof(IdentifyMemoryDevice.QosTelemetryCapabilities), 0x42)]
    public void Fields_LieWhereTheSpecificationPutsThem(string field, int offset) =>
        Marshal.OffsetOf<IdentifyMemoryDevice>(field).ToInt32().Should().Be(offset);
}
