@{
    RootModule             = 'SapSuccessFactors.psm1'
    TypesToProcess         = @('SapSuccessFactors.Types.ps1xml')
    ModuleVersion          = '0.1.0'
    GUID                   = '6c7c2a52-3f0e-4b8c-9a35-2f6d0a7f1e84'
    Author                 = 'sfsf-connector'
    CompanyName            = 'sfsf-connector'
    Copyright              = 'MIT OR Apache-2.0'
    Description            = 'SAP SuccessFactors for identity products: search, save, suspend, resume, passwords.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.5'
    FunctionsToExport      = @(
        'Get-SAPData'
        'Save-SAPData'
        'Save-Identity'
        'Search-Data'
        'Remove-Identity'
        'Reset-IdentityPassword'
        'Test-IdentityPassword'
        'Suspend-Identity'
        'Resume-Identity'
        'Test-ConnectorConnection'
    )
    CmdletsToExport        = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
}
