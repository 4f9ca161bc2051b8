namespace CxlSim.Tests;

// What iasl makes of these two:
//
//     DefinitionBlock ("dsdt.aml", "DSDT", 2, "MAKER", "MACHINE", 1)
//     {
//         External (OSYS, IntObj)
//         External (\_SB.PLTF, DeviceObj)
//         Name (SS1, Package (0x04) { One, Zero, Zero, Zero })
//         OperationRegion (GNVS, SystemMemory, 0x7F001000, 0x0100)
//         Field (GNVS, AnyAcc, Lock, Preserve) { CXLE, 8, PCIE, 16, SEGM, 17, , 4, UIDB, 8 }
//         Mutex (MUTX, 0x00)
//         Event (EVNT)
//         Alias (CXLE, CXLF)
//         Method (GSTA, 1, Serialized) { If (CXLE & (One << Arg0)) { Return (0x0F) } Return (Zero) }
//         Processor (\_SB.CPU0, 0x00, 0x00001810, 0x06) { Name (_UID, Zero) }
//         Scope (\_SB)
//         {
//             Name (PR00, Package () { Package (4) { 0xFFFF, Zero, \_SB.LNKA, Zero } })
//             Device (LNKA) { Name (_HID, EisaId ("PNP0C0F")) Name (_UID, One) Method (_STA, 0) { Return (GSTA (One)) } }
//             Device (PC00)
//             {
//                 Name (_HID, EisaId ("PNP0A08"))
//                 Name (_CID, EisaId ("PNP0A03"))
//                 Name (_UID, Zero)
//                 Method (_BBN, 0, NotSerialized) { Return (Zero) }
//                 Method (_STA, 0, NotSerialized) { Return (GSTA (Zero)) }
//                 Name (_CRS, ResourceTemplate ()
//                 {
//                     WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode, 0, 0, 0x0B, 0, 0x0C)
//                     DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite, 0, 0x90000000, 0x9FFFFFFF, 0, 0x10000000)
//                 })
//                 Method (_OSC, 4) { CreateDWordField (Arg3, Zero, CDW1) CDW1 |= 4 Return (Arg3) }
//                 Device (RP00) { Name (_ADR, 0x00010000) Method (_PRT, 0) { Return (PR00) } }
//             }
//             If (CXLE == One)
//             {
//                 Device (CX0C)
//                 {
//                     Name (_HID, "ACPI0016")
//                     Name (_CID, Package () { EisaId ("PNP0A08"), EisaId ("PNP0A03") })
//                     Name (_UID, 0x0C)
//                     Name (_BBN, 0x0C)
//                     Method (_CRS, 0) { Return (ResourceTemplate () { WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode, 0, 0x0C, 0x0D, 0, 2) }) }
//                 }
//             }
//             Else
//             {
//                 Device (GONE) { Name (_HID, "ACPI0016") Name (_UID, 0x0D) Name (_STA, Zero) }
//             }
//         }
//     }
//
//     DefinitionBlock ("ssdt.aml", "SSDT", 2, "MAKER", "CXL", 1)
//     {
//         External (\_SB.PC00, DeviceObj)
//         External (\_SB.CX0C, DeviceObj)
//         External (\_SB.NONE, DeviceObj)
//         Scope (\_SB.CX0C) { Name (_SEG, Zero) Name (_PXM, 3) }
//         Scope (\_SB.PC00) { Name (_SEG, 0) Name (_PXM, 1) }
//         Scope (\_SB.NONE) { Device (LOST) { Name (_HID, "ACPI0017") } }
//         Device (\_SB.CXLM) { Name (_HID, "ACPI0017") }
//     }

/// <summary>A namespace as those of real machines are: with regions, fields, code and conditions between its devices, and a second table that goes on with it.</summary>
internal static class CompiledNamespace
{
    public static byte[] Dsdt => Convert.FromBase64String(
        "RFNEVCICAAACNE1BS0VSAE1BQ0hJTkUAAQAAAElOVEwlCSAgoBcAFVxPU1lTAQAVXC5fU0JfUExURgYACFNTMV8SBgQBAAAAW4BHTlZTAAwAEAB/CwABW4Ec"
        + "R05WUxBDWExFCFBDSUUQU0VHTREABFVJREIIWwFNVVRYAFsCRVZOVAZDWExFQ1hMRhQXR1NUQQmgDntDWExFeQFoAACkCg+kAFuDFi5fU0JfQ1BVMAAQGAAA"
        + "BghfVUlEABBGFl9TQl8IUFIwMBIOARILBAv//wBMTktBAFuCIkxOS0EIX0hJRAxB0AwPCF9VSUQBFAxfU1RBAKRHU1RBAVuCQwpQQzAwCF9ISUQMQdAKCAhf"
        + "Q0lEDEHQCgMIX1VJRAAUCF9CQk4ApAAUDF9TVEEApEdTVEEACF9DUlMRLwosiA0AAgwAAAAAAAsAAAAMAIcXAAAMAQAAAAAAAACQ////nwAAAAAAAAAQeQAU"
        + "Gl9PU0MEimsAQ0RXMX1DRFcxCgRDRFcxpGtbghtSUDAwCF9BRFIMAAABABQLX1BSVACkUFIwMKBNBZNDWExFAVuCQwVDWDBDCF9ISUQNQUNQSTAwMTYACF9D"
        + "SUQSDAIMQdAKCAxB0AoDCF9VSUQKDAhfQkJOCgwUHV9DUlMApBEVChKIDQACDAAAAAwADQAAAAIAeQChJFuCIUdPTkUIX0hJRA1BQ1BJMDAxNgAIX1VJRAoN"
        + "CF9TVEEA");

    public static byte[] Ssdt => Convert.FromBase64String(
        "U1NEVL0AAAAC801BS0VSAENYTAAAAAAAAQAAAElOVEwlCSAgoCkAFVwuX1NCX1BDMDAGABVcLl9TQl9DWDBDBgAVXC5fU0JfTk9ORQYAEBhcLl9TQl9DWDBD"
        + "CF9TRUcACF9QWE0KAxAXXC5fU0JfUEMwMAhfU0VHAAhfUFhNARAhXC5fU0JfTk9ORVuCFExPU1QIX0hJRA1BQ1BJMDAxNwBbghpcLl9TQl9DWExNCF9ISUQN"
        + "QUNQSTAwMTcA");
}
