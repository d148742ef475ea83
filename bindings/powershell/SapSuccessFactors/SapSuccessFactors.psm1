#Requires -Version 5.1

# The module passes on what it is given. What it calls is Sfsf.Connector.PowerShell.Module in Sfsf.Connector.dll.

Set-StrictMode -Version 2.0

if (-not ('Sfsf.Connector.PowerShell.Module' -as [type])) {
    Add-Type -Path (Join-Path -Path $PSScriptRoot -ChildPath 'Sfsf.Connector.dll')
}

$ExecutionContext.SessionState.Module.OnRemove = { [Sfsf.Connector.PowerShell.Module]::Close() }

# The entries of a table, or the properties of an object, as a table.
function ConvertTo-Table {
    param($InputObject)

    $table = @{}
    if ($InputObject -is [System.Collections.IDictionary]) {
        foreach ($name in $InputObject.Keys) { $table[[string]$name] = $InputObject[$name] }
    } elseif ($null -ne $InputObject) {
        foreach ($property in $InputObject.PSObject.Properties) { $table[$property.Name] = $property.Value }
    }
    $table
}

# OpenIAM's header as a table: the one given, else the global variable $headerAttributes.
function Get-Header {
    param($HeaderAttributes)

    if ($null -eq $HeaderAttributes) {
        $HeaderAttributes = Get-Variable -Name headerAttributes -Scope Global -ValueOnly -ErrorAction SilentlyContinue
    }
    ConvertTo-Table -InputObject $HeaderAttributes
}

# What is given, or what the header says.
function Select-Value {
    param($Given, $Header, [string] $Name)

    if ($null -ne $Given -and '' -ne $Given) { return $Given }
    $Header[$Name]
}

# A connection for a call. Nothing is sent by it.
function Open-Tenant {
    param($Header, $Configuration, [pscredential] $Credential)

    $user = $null
    $key = $null
    if ($null -ne $Credential) {
        $user = $Credential.UserName
        $key = $Credential.Password
    }
    [Sfsf.Connector.PowerShell.Module]::Open($Configuration, $Header, $user, $key, $PSScriptRoot)
}

# An error of the connector as one of PowerShell, with OpenIAM's word for it as its id.
function ConvertTo-ErrorRecord {
    param($ErrorRecord, $Target)

    $failure = [Sfsf.Connector.PowerShell.Module]::Error($ErrorRecord.Exception)
    if ($null -eq $failure) { return $ErrorRecord }
    $word = [Sfsf.Connector.PowerShell.ErrorWords]::OpenIam($failure.Kind)
    $category = [System.Management.Automation.ErrorCategory][Sfsf.Connector.PowerShell.ErrorWords]::Category($failure.Kind)
    New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $failure, $word, $category, $Target
}

# Does the work; an error of the connector ends the calling function as its own.
function Invoke-Work {
    param([scriptblock] $Work, $Cmdlet, $Target)

    try {
        & $Work
    } catch {
        $Cmdlet.ThrowTerminatingError((ConvertTo-ErrorRecord -ErrorRecord $_ -Target $Target))
    }
}

# The objects of a stream; records that could not be read are errors that end nothing.
function Read-Stream {
    param($Stream, $Cmdlet)

    try {
        foreach ($found in $Stream) {
            [pscustomobject][Sfsf.Connector.OpenIam.FlatObject]::Of($found)
        }
        foreach ($problem in $Stream.Problems) {
            $record = New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $problem, 'connectorError', 'InvalidData', $problem.Uid
            $Cmdlet.WriteError((ConvertTo-ErrorRecord -ErrorRecord $record -Target $problem.Uid))
        }
    } finally {
        $Stream.Dispose()
    }
}

<#
.SYNOPSIS
Gets people, groups or roles of SAP SuccessFactors.
.DESCRIPTION
Without a filter and an identity everybody comes. Inactive people come like everybody else, with status f. Objects come one
by one, so that memory does not grow with their number; leave the pipeline early, and the tenant is asked for nothing more.
.PARAMETER Filter
A filter such as "status eq 't'". A star means everybody.
.PARAMETER Fields
The fields that are wanted; all, if absent. groups and roles are fields as well.
.PARAMETER Identity
Whom to get, by user id.
.PARAMETER Type
USER, GROUP or ROLE; USER, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file. Otherwise SFSF_CONFIG names the file, or
SapSuccessFactors.json lies beside the module.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Get-SAPData -Filter "status eq 'f'" -Fields firstName, lastName | Export-Csv -Path inactive.csv
.EXAMPLE
Get-SAPData -Identity jdoe -Fields groups, roles
#>
function Get-SAPData {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Position = 0)] [string] $Filter,
        [string[]] $Fields,
        [Parameter(ValueFromPipeline = $true)] [string] $Identity,
        [string] $Type,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    process {
        $header = Get-Header -HeaderAttributes $HeaderAttributes
        $kind = Select-Value -Given $Type -Header $header -Name 'Type'
        Invoke-Work -Cmdlet $PSCmdlet -Target $Identity -Work {
            $tenant = Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential
            Read-Stream -Cmdlet $PSCmdlet -Stream ($tenant.Search($kind, $Filter, $Fields, $Identity))
        }
    }
}

<#
.SYNOPSIS
Saves people in SAP SuccessFactors: new and known ones, their status and their password.
.DESCRIPTION
Takes JSON as SuccessFactors has it, tables, or objects with a userId, also from the pipeline. What is so already is not
written again. A record that the tenant refused is an error.
.PARAMETER InputObject
JSON, a table, or an object whose properties are fields. An empty value clears a field.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file. Otherwise SFSF_CONFIG names the file, or
SapSuccessFactors.json lies beside the module.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Save-SAPData @{ userId = 'jdoe'; username = 'jdoe'; status = 't'; lastName = 'Doe' }
.EXAMPLE
Import-Csv -Path people.csv | Save-SAPData -WhatIf
.EXAMPLE
Save-SAPData '{"userId":"jdoe","status":"f"}'
#>
function Save-SAPData {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [object] $InputObject,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    process {
        $header = Get-Header -HeaderAttributes $HeaderAttributes
        $record = $InputObject
        if ($InputObject -isnot [string]) { $record = ConvertTo-Table -InputObject $InputObject }
        $whom = 'JSON'
        if ($record -isnot [string]) { $whom = [string]$record['userId'] }
        if (-not $PSCmdlet.ShouldProcess($whom, 'Save in SAP SuccessFactors')) { return }
        Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
            $tenant = Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential
            if ($record -is [string]) {
                $tenant.SaveJson($record).Rows | ForEach-Object -Process { $_.Outcome }
            } else {
                $tenant.Save('USER', $null, $record)
            }
        }
    }
}

<#
.SYNOPSIS
SAVE of OpenIAM's generic PowerShell connector: creates somebody or changes them.
.PARAMETER Attributes
A table of names and values, or OpenIAM's list of names with values of which each has an operation.
.PARAMETER Identity
The user id; that of the header, if absent.
.PARAMETER Type
USER or GROUP; that of the header, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Save-Identity -Identity jdoe -Attributes @{ title = 'CTO'; department = $null }
#>
function Save-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [object] $Attributes,
        [string] $Identity,
        [string] $Type,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    $whom = Select-Value -Given $Identity -Header $header -Name 'IdentityName'
    $kind = Select-Value -Given $Type -Header $header -Name 'Type'
    if (-not $PSCmdlet.ShouldProcess($whom, 'Save in SAP SuccessFactors')) { return }
    Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
        (Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential).Save($kind, $whom, $Attributes)
    }
}

<#
.SYNOPSIS
SEARCH of OpenIAM's generic PowerShell connector: finds whom the filter describes, or the identity of the header.
.PARAMETER Filter
A filter such as "lastModified ge '2022-01-01T00:00:00'". A star means everybody.
.PARAMETER Fields
The fields that are wanted; all, if absent.
.PARAMETER Identity
The user id; that of the header, if absent.
.PARAMETER Type
USER, GROUP or ROLE; that of the header, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Search-Data -Filter "username eq 'sfadmin'"
#>
function Search-Data {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Position = 0)] [string] $Filter,
        [string[]] $Fields,
        [string] $Identity,
        [string] $Type,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    $whom = Select-Value -Given $Identity -Header $header -Name 'IdentityName'
    $kind = Select-Value -Given $Type -Header $header -Name 'Type'
    Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
        $tenant = Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential
        Read-Stream -Cmdlet $PSCmdlet -Stream ($tenant.Search($kind, $Filter, $Fields, $whom))
    }
}

<#
.SYNOPSIS
DELETE of OpenIAM's generic PowerShell connector: makes somebody inactive, since SuccessFactors deletes nobody.
.PARAMETER Identity
The user id; that of the header, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Remove-Identity -Identity jdoe -WhatIf
#>
function Remove-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [string] $Identity,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    $whom = Select-Value -Given $Identity -Header $header -Name 'IdentityName'
    if (-not $PSCmdlet.ShouldProcess($whom, 'Make inactive in SAP SuccessFactors')) { return }
    Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
        (Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential).Remove($header['Type'], $whom)
    }
}

<#
.SYNOPSIS
RESET_PASSWORD of OpenIAM's generic PowerShell connector: sets a password and leaves the status as it is.
.PARAMETER Password
The new password, best as a secure string.
.PARAMETER Identity
The user id; that of the header, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Reset-IdentityPassword -Identity jdoe -Password (Read-Host -AsSecureString)
#>
function Reset-IdentityPassword {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [object] $Password,
        [string] $Identity,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    $whom = Select-Value -Given $Identity -Header $header -Name 'IdentityName'
    if (-not $PSCmdlet.ShouldProcess($whom, 'Set the password in SAP SuccessFactors')) { return }
    Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
        $tenant = Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential
        $tenant.ResetPassword($header['Type'], $whom, $Password)
    }
}

<#
.SYNOPSIS
LOGIN of OpenIAM's generic PowerShell connector: refused, since SuccessFactors checks the passwords of people for nobody.
.EXAMPLE
Test-IdentityPassword
#>
function Test-IdentityPassword {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromRemainingArguments = $true)] [object] $Ignored
    )
    Invoke-Work -Cmdlet $PSCmdlet -Target $Ignored -Work { [Sfsf.Connector.PowerShell.Module]::TestPassword() }
}

<#
.SYNOPSIS
SUSPEND of OpenIAM's generic PowerShell connector: makes somebody inactive.
.PARAMETER Identity
The user id; that of the header, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Suspend-Identity -Identity jdoe
#>
function Suspend-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [string] $Identity,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    $whom = Select-Value -Given $Identity -Header $header -Name 'IdentityName'
    if (-not $PSCmdlet.ShouldProcess($whom, 'Make inactive in SAP SuccessFactors')) { return }
    Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
        (Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential).Suspend($header['Type'], $whom)
    }
}

<#
.SYNOPSIS
RESUME of OpenIAM's generic PowerShell connector: makes somebody active.
.PARAMETER Identity
The user id; that of the header, if absent.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Resume-Identity -Identity jdoe
#>
function Resume-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [string] $Identity,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    $whom = Select-Value -Given $Identity -Header $header -Name 'IdentityName'
    if (-not $PSCmdlet.ShouldProcess($whom, 'Make active in SAP SuccessFactors')) { return }
    Invoke-Work -Cmdlet $PSCmdlet -Target $whom -Work {
        (Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential).Resume($header['Type'], $whom)
    }
}

<#
.SYNOPSIS
TEST of OpenIAM's generic PowerShell connector: a fresh login, and one record read.
.PARAMETER Configuration
A table with the keys of the configuration, or the name of a JSON file.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the global variable headerAttributes, if absent.
.EXAMPLE
Test-ConnectorConnection -Configuration acme.json
#>
function Test-ConnectorConnection {
    [CmdletBinding()]
    param(
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    $header = Get-Header -HeaderAttributes $HeaderAttributes
    Invoke-Work -Cmdlet $PSCmdlet -Target $header['Url'] -Work {
        (Open-Tenant -Header $header -Configuration $Configuration -Credential $Credential).Test()
    }
}

Export-ModuleMember -Function @(
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
