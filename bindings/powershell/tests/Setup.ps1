# What all Pester tests need: the module, and a tenant to work with. The suite "powershell" of the crate "tests" starts the
# tenant, puts the module together and says where both are: SFSF_TEST_MODULE is the folder of the module, SFSF_CONFIG a
# configuration.

$module = Join-Path -Path $env:SFSF_TEST_MODULE -ChildPath 'SapSuccessFactors.psd1'
Import-Module -Name $module -Force

# The configuration as an object.
function Get-Key { Get-Content -Raw -Path $env:SFSF_CONFIG | ConvertFrom-Json }

# Somebody active with this user id, who has a title and a department.
function New-Person {
    param([string] $Name)

    $null = Save-SAPData @{ userId = $Name; username = $Name; status = 't'; title = 'Old'; department = 'Old' }
}

# One field of somebody, read anew.
function Get-Field {
    param([string] $Name, [string] $Field)

    (Get-SAPData -Identity $Name -Fields $Field).$Field
}

# Asks the tenant of the tests, which is a sandbox.
function Invoke-Sandbox {
    param([string] $Method, [string] $Path, [string] $Body)

    $request = @{ Method = $Method; Uri = (Get-Key).url.TrimEnd('/') + '/sandbox/' + $Path }
    if ($Body) { $request.Body = $Body }
    Invoke-RestMethod @request
}

# Runs a script in a PowerShell of its own in this process, and gives what there is to see of it. When -Until says so, the
# script is stopped.
function Start-Elsewhere {
    param([string] $Script, [scriptblock] $Until)

    $space = [runspacefactory]::CreateRunspace()
    $space.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $space
    $null = $shell.AddScript("Import-Module '$module'").Invoke()
    $shell.Commands.Clear()
    $running = $shell.AddScript($Script).BeginInvoke()
    $patience = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Until)) {
        if ($patience.Elapsed.TotalSeconds -gt 30 -or $running.IsCompleted) { break }
        Start-Sleep -Milliseconds 20
    }
    $took = [Diagnostics.Stopwatch]::StartNew()
    $shell.Stop()
    $seen = @{ Took = $took.Elapsed; State = $shell.InvocationStateInfo.State; Warning = "$($shell.Streams.Warning)" }
    $seen.Errors = @($space.SessionStateProxy.GetVariable('Error'))
    $shell.Dispose()
    $space.Dispose()
    $seen
}

# Another process of this PowerShell, and all that it says.
function Invoke-Shell {
    $program = (Get-Process -Id $PID).Path
    $parts = @($args)
    if ((Split-Path -Path $program -Leaf) -like 'dotnet*') { $parts = @(Join-Path -Path $PSHOME -ChildPath 'pwsh.dll') + $parts }
    & $program $parts 2>&1 | Out-String
}

# Runs a script in a process of its own, where nobody can be asked, and gives all that it says.
function Invoke-Apart {
    param([string] $Script)

    $file = Join-Path -Path $TestDrive -ChildPath 'apart.ps1'
    Set-Content -Path $file -Value "Import-Module '$module'`n$Script"
    Invoke-Shell -NoProfile -NonInteractive -File $file
}
